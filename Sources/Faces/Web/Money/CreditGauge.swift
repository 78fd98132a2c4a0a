import Basics
import Charging

/// The credit limit as a picture made here and as text beside it: used, held back by calls that run, what is left, and where the warning comes.
struct CreditGauge {
    let summary: AccountSummary
    let reader: PageReader

    /// Shares of the limit in whole percent; used and reserved together never leave the picture.
    var shares: (used: Int64, reserved: Int64) {
        let used = Self.share(summary.used, of: summary.creditLimit)
        return (used, min(Self.share(summary.reserved, of: summary.creditLimit), 100 - used))
    }

    /// Keys of `money/gauge`.
    var model: [String: Any] {
        let (used, reserved) = shares
        var facts = [fact("money.gauge.used", summary.used)]
        if summary.reserved > .zero { facts.append(fact("money.gauge.reserved", summary.reserved)) }
        facts.append(fact("money.gauge.left", summary.available))
        facts.append(fact("money.gauge.limit", summary.creditLimit))
        return [
            "gaugeLine": reader.text(
                "money.gauge.line", ["used": summary.used.formatted, "limit": summary.creditLimit.formatted]),
            "gaugeShare": "\(used)", "gaugeReserved": "\(reserved)", "gaugeReservedFrom": "-\(used)", "hasReserved": reserved > 0,
            "hasUsed": used > 0, "gaugeLevel": level(used + reserved), "gaugeFacts": facts,
            "gaugeMore": reader.text(
                "money.gauge.\(level(used + reserved))", ["warn": Money(micros: summary.creditLimit.micros / 10 * 8).formatted]),
        ]
    }

    private func level(_ share: Int64) -> String { share >= 100 ? "full" : (share >= AccountModel.warnFrom ? "near" : "calm") }

    private func fact(_ key: String, _ amount: Money) -> [String: String] {
        ["name": reader.text(key), "value": amount.formatted, "kind": String(key.split(separator: ".").last ?? "")]
    }

    private static func share(_ part: Money, of limit: Money) -> Int64 {
        guard part > .zero else { return 0 }
        guard limit > .zero, part < limit else { return 100 }
        // At most a million yuan, so the product fits.
        return min(part.micros, ChargingLimits.highestCreditLimit.micros) * 100 / limit.micros
    }
}
