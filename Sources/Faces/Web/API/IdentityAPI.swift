import Basics
import Customers
import Foundation
import HTTPTypes
import Hummingbird
import Lines
import NIOCore
import Orders
import Storage

/// Who the customer is (clause 1): the data, and copies of IDs and licences.
struct IdentityAPI: Sendable {
    let parts: WebParts
    private let uploads = UploadPlaces()

    init(parts: WebParts) { self.parts = parts }

    private struct State: Encodable {
        var state: String
        var reason: String?
        var note: String?
        var deadline: Int64?

        init(_ verification: Verification?) {
            state = (verification?.state ?? .none).rawValue
            reason = verification?.reason?.rawValue
            note = verification?.note
            deadline = verification?.deadline?.milliseconds
        }
    }

    private struct Item: Encodable {
        var id: String
        var name: String
        var format: String
        var size: Int
        var addedAt: Int64

        init(_ file: EvidenceFile) {
            id = file.id.rawValue
            name = file.name
            format = file.format.rawValue
            size = file.size
            addedAt = file.addedAt.milliseconds
        }
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("me/identity") { request, _ in try await state(request) }
        api.put("me/identity") { request, _ in try await submit(request) }
        api.get("me/evidence") { request, _ in try await list(request) }
        api.post("me/evidence") { request, _ in try await add(request) }
        api.post("me/evidence/done") { request, _ in try await done(request) }
        api.get("me/evidence/{id}") { request, context in try await open(request, context) }
        api.delete("me/evidence/{id}") { request, context in try await remove(request, context) }
    }

    private func state(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        let verification = try await parts.services.database.read { tx throws(Fault) in
            try Customers.verification(of: holder.customer.id, in: tx)
        }
        return try JSONBody.response(State(verification))
    }

    private func submit(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        var body = try await parts.body(request)
        let (zone, now, vault, parts) = (parts.services.zone, parts.services.clock.now(), parts.services.vault, parts)
        let party = try await parts.services.database.read { tx throws(Fault) -> PartyKind in
            if let application = try Orders.application(of: holder.customer.id, in: tx) { return application.party }
            return try Customers.verification(of: holder.customer.id, in: tx)?.kind ?? .person
        }
        let form = try IdentityForm(&body, of: party)
        let identity = try form.checked(on: zone.date(of: now)).get()
        let verification = try await parts.services.database.write { tx throws(Fault) in
            let verification = try submitIdentity(
                SubmitIdentityRequest(customer: holder.customer.id, identity: identity, consents: form.consents),
                with: vault, in: tx, at: now, zone: zone)
            try parts.advanceApplication(of: holder.customer.id, in: tx, at: now)
            return verification
        }
        return try JSONBody.response(State(verification))
    }

    // MARK: Copies

    private func list(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        let vault = parts.services.vault
        let files = try await parts.services.database.read { tx throws(Fault) in
            try listEvidence(of: holder.customer.id, with: vault, in: tx)
        }
        return try JSONBody.response(["files": files.map(Item.init)])
    }

    /// The file is the body as it is. Its declared length is refused before a byte of it is read; how many arrive at once is bounded,
    /// because each of them is held whole until it is checked and sealed.
    private func add(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        let most = CustomersLimits.evidenceBytes
        let declared = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard declared <= most else { throw Fault.fileTooLarge }
        let query = request.uri.queryParameters
        let asked = query["id"].map { EvidenceID(String($0)) } ?? EvidenceID.random()
        guard let id = asked else { throw Fault.field("id", "is not an id") }
        let name = String((query["name"].map(String.init)?.removingPercentEncoding ?? "").prefix(WebLimits.fileNameCharacters))
        let (vault, now) = (parts.services.vault, parts.services.clock.now())
        let file = try await uploads.occupying {
            let body = try await within(WebLimits.uploadDeadline) { try await collect(request.body, most) }
            let content = try checkEvidence(Array(body.readableBytesView))
            return try await parts.services.database.write { tx throws(Fault) in
                try addEvidence(
                    AddEvidenceRequest(id: id, customer: holder.customer.id, name: name, content: content), with: vault, in: tx,
                    at: now)
            }
        }
        return try JSONBody.response(Item(file), status: .created)
    }

    private func done(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        let now = parts.services.clock.now()
        let verification = try await parts.services.database.write { tx throws(Fault) in
            try submitEvidence(of: holder.customer.id, in: tx, at: now)
        }
        return try JSONBody.response(State(verification))
    }

    private func open(_ request: Request, _ context: WebContext) async throws -> Response {
        let holder = try await parts.holder(request)
        let (id, vault) = (try self.id(context), parts.services.vault)
        let opened = try await parts.services.database.read { tx throws(Fault) in
            try ownEvidence(id, of: holder.customer.id, with: vault, in: tx)
        }
        // Never shown inside our own pages as a document: a browser saves it.
        return Response(
            status: .ok,
            headers: [
                .contentType: opened.file.format.contentType, .cacheControl: "no-store", .contentDisposition: "attachment",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: opened.bytes)))
    }

    private func remove(_ request: Request, _ context: WebContext) async throws -> Response {
        let holder = try await parts.holder(request)
        let (id, now) = (try self.id(context), parts.services.clock.now())
        try await parts.services.database.write { tx throws(Fault) in
            try removeEvidence(id, of: holder.customer.id, in: tx, at: now)
        }
        return noContent()
    }

    private func id(_ context: WebContext) throws -> EvidenceID {
        guard let id = EvidenceID(try context.parameters.require("id")) else { throw Fault.field("id", "is not an id") }
        return id
    }
}

/// A body as a whole, or a fault that names the limit of files.
private func collect(_ body: RequestBody, _ most: Int) async throws -> ByteBuffer {
    do {
        return try await body.collect(upTo: most)
    } catch is NIOTooManyBytesError {
        throw Fault.fileTooLarge
    }
}

extension Fault {
    /// The body is larger than a file may be.
    static var fileTooLarge: Fault {
        let most = CustomersLimits.evidenceBytes
        return Fault(.webTooLarge, "the file is larger than \(most) bytes", ["limit": "\(most)"])
    }
}
