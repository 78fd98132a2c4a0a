public import Basics
internal import Foundation
public import Lines
internal import Storage

/// Names one charging operation; whoever starts it makes it, so that a repeat is known.
public typealias OperationID = Identifier<ChargingOperation>

extension OperationID {
    /// The id of a call's operation that begins with its time: ids of one time lie beside each other in the index, so that a commit of many
    /// operations changes few of its pages.
    public static func ofCall(_ call: CallID, number: Int, at now: Timestamp) -> OperationID {
        let time = String(max(now.milliseconds, 0), radix: 32)
        return OperationID(trusted: String(repeating: "0", count: max(9 - time.count, 0)) + time + "-\(call)-\(number)")
    }
}

/// One row of the append-only record of what charging did inside calls.
public enum ChargingOperation: String, Sendable {
    /// The first slice, before ringing (RFC 8506 INITIAL).
    case reserve
    /// Used seconds reported and more reserved in one step (RFC 8506 UPDATE).
    case reportAndReserve
    /// What was used is charged, the rest returned (RFC 8506 TERMINATION).
    case settle
}

/// The answer to a charging operation.
public struct CreditGrant: Sendable, Equatable {
    /// Which call.
    public let call: CallID
    /// Seconds granted since the answer, all slices together.
    public let grantedSeconds: Int64
    /// Seconds charged so far.
    public let usedSeconds: Int64
    /// Charged by this operation.
    public let charged: Money
    /// Held back for this call after it.
    public let reserved: Money
    /// Free on the account after it.
    public let available: Money
    /// No more can be granted as things stand (RFC 8506 section 8.34, Final-Unit-Indication): at the end of the grant the call must be cut.
    /// The only Final-Unit-Action (section 8.35) is TERMINATE: a call can be neither redirected nor restricted when its credit ends.
    public let isFinal: Bool
    /// With this operation the month's charges reached the share of the limit at which the customer is told, for the first time in the month.
    public let isLimitNear: Bool
    /// What the payer is shown of a call whose tariff is more than a price of a second; nil where it is not.
    package let outlook: CreditOutlook?

    package init(
        call: CallID, grantedSeconds: Int64, usedSeconds: Int64, charged: Money, reserved: Money, available: Money, isFinal: Bool,
        isLimitNear: Bool = false, outlook: CreditOutlook? = nil
    ) {
        self.call = call
        self.grantedSeconds = grantedSeconds
        self.usedSeconds = usedSeconds
        self.charged = charged
        self.reserved = reserved
        self.available = available
        self.isFinal = isFinal
        self.isLimitNear = isLimitNear
        self.outlook = outlook
    }
}

/// Where a call under a tariff stands at its last confirmed second, so that its cost can be told between two operations.
package struct CreditOutlook: Sendable, Equatable {
    /// What the confirmed seconds cost.
    package let spent: Money
    /// What the months have used after them.
    package let months: [BusinessMonth: MonthUse]
    /// Seconds beyond the grant that the credit pays for, up to ``ChargingLimits/outlookSeconds``.
    package let affordable: Int64

    package init(spent: Money, months: [BusinessMonth: MonthUse], affordable: Int64) {
        self.spent = spent
        self.months = months
        self.affordable = affordable
    }

    private struct Stored: Codable {
        let spent: Int64
        let months: [String: MonthUse]
        let affordable: Int64
    }

    /// From stored text.
    init(stored text: String) throws(Fault) {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(text.utf8)) else {
            throw Fault(.schema, "the outlook of a call cannot be read")
        }
        spent = Money(micros: stored.spent)
        affordable = stored.affordable
        months = stored.months.reduce(into: [:]) { months, entry in
            if let month = BusinessMonth(entry.key) { months[month] = entry.value }
        }
    }

    /// As text, for storing.
    func text() throws(Fault) -> String {
        let stored = Stored(
            spent: spent.micros, months: Dictionary(uniqueKeysWithValues: months.map { ($0.key.description, $0.value) }),
            affordable: affordable)
        guard let data = try? JSONEncoder().encode(stored) else {
            throw Fault(.schema, "the outlook of a call cannot be written")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
