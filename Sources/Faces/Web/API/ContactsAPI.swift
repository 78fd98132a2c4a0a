import Basics
import Customers
import Hummingbird
import Lines
import Storage

/// The address book.
struct ContactsAPI: Sendable {
    let parts: WebParts

    private struct Item: Encodable {
        var id: String
        var name: String
        var number: String

        init(_ contact: Contact) {
            id = contact.id.rawValue
            name = contact.name.text
            number = contact.number.digits
        }
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("contacts") { request, _ in try await list(request) }
        api.post("contacts") { request, _ in try await add(request) }
        api.patch("contacts/{id}") { request, context in try await change(request, context) }
        api.delete("contacts/{id}") { request, context in try await remove(request, context) }
    }

    private func list(_ request: Request) async throws -> Response {
        let member = try await parts.member(request)
        let text = String((request.uri.queryParameters["q"] ?? "").prefix(CustomersLimits.searchCharacters))
        let contacts = try await parts.services.database.read { tx throws(Fault) in
            try listContacts(of: member.customer.id, matching: text, in: tx)
        }
        return try JSONBody.response(["contacts": contacts.map(Item.init)])
    }

    private func add(_ request: Request) async throws -> Response {
        let member = try await parts.member(request)
        var body = try await parts.body(request)
        let id = try body.optionalText("id", atMost: 64)
        let name = try DisplayName(try body.text("name"))
        let number = try parseNumber(try body.text("number", atMost: 128))
        try body.finish()
        guard let id = id.map({ ContactID($0) }) ?? .random() else { throw Fault.field("id", "is not an id") }
        let now = parts.services.clock.now()
        let contact = try await parts.services.database.write { tx throws(Fault) in
            try addContact(id, name: name, number: number, to: member.customer.id, in: tx, at: now)
        }
        return try JSONBody.response(Item(contact), status: .created)
    }

    private func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let member = try await parts.member(request)
        let id = try self.id(context)
        var body = try await parts.body(request)
        let name = try body.optionalText("name").map { text throws(Fault) in try DisplayName(text) }
        let number = try body.optionalText("number", atMost: 128).map(parseNumber)
        try body.finish()
        let now = parts.services.clock.now()
        let contact = try await parts.services.database.write { tx throws(Fault) in
            try changeContact(id, name: name, number: number, of: member.customer.id, in: tx, at: now)
        }
        return try JSONBody.response(Item(contact))
    }

    private func remove(_ request: Request, _ context: WebContext) async throws -> Response {
        let member = try await parts.member(request)
        let id = try self.id(context)
        let now = parts.services.clock.now()
        try await parts.services.database.write { tx throws(Fault) in
            try removeContact(id, of: member.customer.id, in: tx, at: now)
        }
        return noContent()
    }

    private func id(_ context: WebContext) throws -> ContactID {
        guard let id = ContactID(try context.parameters.require("id")) else {
            throw Fault(.unknownContact, "this is not a contact's id")
        }
        return id
    }
}
