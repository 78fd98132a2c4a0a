import Agreement
import Basics
import Hummingbird
import Storage

/// The public page that says whether a document is ours: by its printed fingerprint, or by a file whose hash the browser computes.
struct VerifyPage: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("verify") { request, _ in
            try await parts.answer(.verify, to: request) { reader in try await fill(request, reader) }
        }
    }

    private func fill(_ request: Request, _ reader: PageReader) async throws(Fault) -> [String: Any] {
        let query = VerifyQuery(request)
        var model: [String: Any] = ["asked": query.fingerprint ?? ""]
        if let check = try await parts.check(query) { model["result"] = check.model(reader) }
        return model
    }
}

/// What is asked: a fingerprint, or the hash of a file and what that file claims to be.
struct VerifyQuery: Sendable {
    var fingerprint: String?
    var file: String?
    var claims: String?

    init(_ request: Request) {
        let query = request.uri.queryParameters
        func text(_ name: String) -> String? {
            guard let text = query[Substring(name)]?.prefix(WebLimits.fingerprintCharacters), !text.isEmpty else { return nil }
            // A form writes a space as a plus.
            return String(text).replacing("+", with: " ")
        }
        fingerprint = text("fingerprint")
        file = text("file")
        claims = text("claims")
    }
}

extension WebParts {
    /// The answer; nil when nothing was asked.
    func check(_ query: VerifyQuery) async throws(Fault) -> DocumentCheck? {
        try await services.database.read { tx throws(Fault) in
            if let file = query.file { return try DocumentCheck.file(file, claims: query.claims, in: tx) }
            return try query.fingerprint.map { text throws(Fault) in try DocumentCheck.fingerprint(text, in: tx) }
        }
    }
}

extension PageFrame {
    static let verify = PageFrame(
        name: "verify", template: "documents/verify", title: "documents.titleVerify", audience: .everybody)
}
