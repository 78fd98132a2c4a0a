internal import Foundation
internal import Storage

/// The members of a state in the journal, as text; what cannot be read has none.
struct EventState {
    private let members: [String: String]

    init(_ json: String?) {
        let decoded = json.flatMap { try? JSONDecoder().decode([String: Scalar].self, from: Data($0.utf8)) } ?? [:]
        members = decoded.compactMapValues(\.text)
    }

    subscript(_ name: String) -> String? { members[name].flatMap { $0.isEmpty ? nil : $0 } }

    private struct Scalar: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                self.text = text
            } else if let number = try? value.decode(Int64.self) {
                text = "\(number)"
            } else {
                text = nil
            }
        }
    }
}
