internal import Basics
internal import Charging
internal import Storage

/// Accounts that one statement is about. Lists have few lengths – the last account is repeated – so that few statements are prepared.
struct AccountList {
    let ids: [AccountID]
    /// How many parameters it takes: `$1` to `$length`.
    let length: Int

    /// A list of at most ``BillingLimits/accountsPerStep`` accounts.
    init(_ ids: [AccountID]) {
        self.ids = ids
        length = Self.lengths.first { $0 >= ids.count } ?? ids.count
    }

    /// `($1, $2, …)`, for a condition `IN`.
    var places: String { Self.places[length] ?? Self.places(length) }

    /// The accounts as values, or something that is made of each.
    func values(_ text: (AccountID) -> String = \.rawValue) -> [Value] {
        guard let last = ids.last else { return Array(repeating: .text(""), count: length) }
        return ids.map { .text(text($0)) } + Array(repeating: .text(text(last)), count: length - ids.count)
    }

    private static let lengths = [1, 4, 20, BillingLimits.accountsPerStep]
    private static let places = Dictionary(uniqueKeysWithValues: lengths.map { ($0, places($0)) })

    private static func places(_ length: Int) -> String {
        "(" + (1...max(length, 1)).map { "$\($0)" }.joined(separator: ", ") + ")"
    }
}
