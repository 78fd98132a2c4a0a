internal import Agreement
package import Basics
internal import Foundation
internal import Storage

// Terms and tariffs as they are stored: JSON with sorted keys, so that the same terms have one text.

extension TariffRate: Codable {
    private enum CodingKeys: String, CodingKey { case kind, prefix, window, perSecond, connectFee, firstSeconds, nextSeconds }

    /// Reads a rate as stored.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try values.decode(UsageKind.self, forKey: .kind), prefix: try values.decode(String.self, forKey: .prefix),
            window: try values.decodeIfPresent(TariffWindow.self, forKey: .window),
            perSecond: Money(micros: try values.decode(Int64.self, forKey: .perSecond)),
            connectFee: Money(micros: try values.decode(Int64.self, forKey: .connectFee)),
            firstSeconds: try values.decode(Int64.self, forKey: .firstSeconds),
            nextSeconds: try values.decode(Int64.self, forKey: .nextSeconds))
    }

    /// Writes a rate for storing; amounts are micro-yuan.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(kind, forKey: .kind)
        try values.encode(prefix, forKey: .prefix)
        try values.encodeIfPresent(window, forKey: .window)
        try values.encode(perSecond.micros, forKey: .perSecond)
        try values.encode(connectFee.micros, forKey: .connectFee)
        try values.encode(firstSeconds, forKey: .firstSeconds)
        try values.encode(nextSeconds, forKey: .nextSeconds)
    }
}

extension UsageDiscount: Codable {
    private enum CodingKeys: String, CodingKey { case perMille, above }

    /// Reads a discount as stored.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            perMille: try values.decode(Int64.self, forKey: .perMille),
            above: Money(micros: try values.decode(Int64.self, forKey: .above)))
    }

    /// Writes a discount for storing.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(perMille, forKey: .perMille)
        try values.encode(above.micros, forKey: .above)
    }
}

extension TariffTerms {
    /// The terms as one short word: other terms have another one.
    var mark: String { ContentHash(of: Array(((try? storedText(self)) ?? "").utf8)).hex }
}

/// A call's tariff as stored beside its reservation.
private struct StoredCallTariff: Codable {
    struct Version: Codable {
        let from: Int64
        let rates: [TariffRate]
        let freeSeconds: Int64
        let discount: UsageDiscount?
    }

    let plan: String
    let kind: UsageKind
    let versions: [Version]
    let holidays: [Int64]
}

extension CallTariff {
    /// As text, for storing.
    package func text() throws(Fault) -> String {
        try storedText(
            StoredCallTariff(
                plan: plan.rawValue, kind: kind,
                versions: versions.map {
                    .init(
                        from: $0.from.milliseconds, rates: $0.rates, freeSeconds: $0.freeSeconds, discount: $0.discount)
                },
                holidays: holidays.map(\.dayNumber).sorted()))
    }

    /// From stored text.
    package init(stored text: String) throws(Fault) {
        let stored: StoredCallTariff = try fromStoredText(text)
        self.init(
            plan: PlanID(trusted: stored.plan), kind: stored.kind,
            versions: stored.versions.map {
                Version(
                    from: Timestamp(milliseconds: $0.from), rates: $0.rates, freeSeconds: $0.freeSeconds, discount: $0.discount)
            },
            holidays: Set(stored.holidays.map(BusinessDate.init(clamping:))))
    }
}

func storedText(_ value: some Encodable) throws(Fault) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { throw Fault(.schema, "a tariff cannot be written") }
    return String(decoding: data, as: UTF8.self)
}

func fromStoredText<T: Decodable>(_ text: String) throws(Fault) -> T {
    guard let value = try? JSONDecoder().decode(T.self, from: Data(text.utf8)) else {
        throw Fault(.schema, "a stored tariff cannot be read")
    }
    return value
}
