import Access
import Basics
import Foundation

/// Something that staff can do: its dialog, its address in the API and its work. `POST /api/v1/staff/PATH` with the fields and a purpose.
struct ConsoleAct: Sendable {
    /// Its words stand under `console.act.KEY`.
    let key: String
    let permission: Permission
    /// Below `/api/v1/staff/`, with `{id}` and `{part}` where they belong.
    let path: String
    var fields: [ActField] = []
    /// Red button: it takes something away from somebody or cannot be undone.
    var isDangerous = false
    /// Does it; returns what the caller may want to know. `next` is the page to open.
    let perform: @Sendable (ConsoleDesk, StaffAct, ActValues) async throws -> [String: JSONValue]
    /// The most bytes of the file that it takes; nil where it takes none.
    var fileBytes: Int? {
        for case .file(let bytes) in fields.map(\.kind) { return bytes }
        return nil
    }

    /// What it would do, for the dialog while it is being filled in; nothing is kept.
    var preview: (@Sendable (ConsoleDesk, StaffAct, ActValues) async throws -> [ConsoleSection.Fact])?
}

/// An act offered on a page, for one thing.
struct ConsoleOffer: Sendable {
    var act: ConsoleAct
    var id: String?
    var part: String?
    /// What stands in the fields before anybody types.
    var prefill: [String: String] = [:]
    /// For the words of the dialog.
    var parameters: [String: String] = [:]

    init(
        _ act: ConsoleAct, id: String? = nil, part: String? = nil, prefill: [String: String] = [:],
        parameters: [String: String] = [:]
    ) {
        self.act = act
        self.id = id
        self.part = part
        self.prefill = prefill
        self.parameters = parameters
    }

    var address: String {
        act.path.replacingOccurrences(of: "{id}", with: id ?? "").replacingOccurrences(of: "{part}", with: part ?? "")
    }
}

/// One field of an act.
struct ActField: Sendable {
    enum Kind: Sendable {
        /// One line of at most so many bytes.
        case line(Int)
        /// Several lines.
        case text(Int)
        case secret
        /// One of some values, whose words stand under `console.value.GROUP`.
        case choice(String, [String])
        /// Any of them.
        case several(String, [String])
        case date
        case integer(ClosedRange<Int64>)
        /// Yuan as people write them, such as 12.50; micro-yuan in the API.
        case money
        case flag
        /// The caller's own id, which makes a repeat harmless; pages make it.
        case once
        /// A file of at most so many bytes. It is the body of the request as it is; purpose and name stand in the address.
        case file(Int)
        /// Carried along unseen, such as the version that the reader has seen.
        case hidden
    }

    let name: String
    let kind: Kind
    var isOptional = false

    init(_ name: String, _ kind: Kind, isOptional: Bool = false) {
        self.name = name
        self.kind = kind
        self.isOptional = isOptional
    }
}

/// The checked values of an act's fields.
struct ActValues: Sendable {
    /// The id in the address; empty where there is none.
    let id: String
    /// The second id in the address.
    let part: String
    /// The file that came; empty where the act takes none.
    let file: [UInt8]
    private let values: [String: JSONValue]

    init(id: String = "", part: String = "", file: [UInt8] = [], values: [String: JSONValue]) {
        self.id = id
        self.part = part
        self.file = file
        self.values = values
    }

    func optional(_ name: String) -> String? {
        guard case .text(let text) = values[name], !text.isEmpty else { return nil }
        return text
    }

    func text(_ name: String) -> String { optional(name) ?? "" }

    func integer(_ name: String) -> Int64? {
        guard case .integer(let number) = values[name] else { return nil }
        return number
    }

    func money(_ name: String) -> Money { Money(micros: integer(name) ?? 0) }
    func flag(_ name: String) -> Bool { values[name] == .bool(true) }
    func date(_ name: String) -> BusinessDate? { optional(name).flatMap { BusinessDate($0) } }

    func several(_ name: String) -> [String] {
        guard case .array(let items) = values[name] else { return [] }
        return items.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    /// The id in the address as a typed one.
    func identifier<Owner>(_ of: Owner.Type = Owner.self) throws(Fault) -> Identifier<Owner> {
        guard let id = Identifier<Owner>(id) else { throw Fault(.webNotFound, "no such \(Owner.self)") }
        return id
    }
}
