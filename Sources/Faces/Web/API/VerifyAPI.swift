import Agreement
import Basics
import Foundation
import Hummingbird
import NIOCore

/// Whether a document is ours. Anybody may ask who holds it.
struct VerifyAPI: Sendable {
    let parts: WebParts

    private struct Answer: Encodable {
        struct Agreement: Encodable {
            var number: String
            var version: Int
            var customer: String
            var provider: String
            var customerSignedAt: Int64?
            var providerSignedAt: Int64?
            var inForceAt: Int64?
            var endedAt: Int64?
            var annexes: Int
            var copy: Int?
        }

        var outcome: String
        var hash: String?
        var agreement: Agreement?
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("verify") { request, _ in try await answer(VerifyQuery(request)) }
        api.post("verify") { request, _ in try await file(request) }
    }

    /// Takes the file itself, for those whose browser cannot compute a hash. It is not kept.
    private func file(_ request: Request) async throws -> Response {
        let declared = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard declared <= WebLimits.verifiedFileBytes else { throw NIOTooManyBytesError(maxBytes: WebLimits.verifiedFileBytes) }
        let buffer = try await within(WebLimits.fileDeadline) {
            try await request.body.collect(upTo: WebLimits.verifiedFileBytes)
        }
        var query = VerifyQuery(request)
        query.file = ContentHash(of: Array(buffer.readableBytesView)).hex
        return try await answer(query)
    }

    private func answer(_ query: VerifyQuery) async throws -> Response {
        guard let check = try await parts.check(query) else { throw Fault.field("fingerprint", "is missing") }
        let agreement = check.facts.map { facts in
            Answer.Agreement(
                number: facts.number, version: facts.version, customer: facts.customer, provider: facts.provider,
                customerSignedAt: facts.customerSignedAt?.milliseconds, providerSignedAt: facts.providerSignedAt?.milliseconds,
                inForceAt: facts.inForceAt?.milliseconds, endedAt: facts.endedAt?.milliseconds, annexes: facts.annexes,
                copy: facts.copy)
        }
        return try JSONBody.response(Answer(outcome: check.outcome.rawValue, hash: query.file, agreement: agreement))
    }
}
