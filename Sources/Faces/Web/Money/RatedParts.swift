import Basics
import Billing
import Charging
import Lines
import Storage

/// How the cost of a call came about, for people: from when on how long at which price, what was free, the fee of the answer.
struct RatedParts {
    let parts: [RatedPart]
    let answeredAt: Timestamp
    let reader: PageReader

    /// What of the calls falls into a month; a call at one price has no parts to tell.
    static func read(
        of calls: [CallID], in month: BusinessMonth, tx: any Transaction
    ) throws(Fault) -> [CallID: [RatedPart]] {
        try ratedParts(of: calls, in: tx).mapValues { parts in parts.filter { $0.month == month } }
    }

    /// Keys of a row of `money/call-table`; none where there is nothing more to say than the price.
    var model: [String: Any] {
        guard !parts.isEmpty else { return [:] }
        return [
            "parts": parts.map { part in
                [
                    "name": words(of: part),
                    "amount": part.kind == .free ? reader.text("money.part.nothing") : part.amount.exactlyFormatted,
                ]
            },
            "hasParts": true,
        ]
    }

    /// On one line, for a spreadsheet: `接通费 ¥0.10；…`.
    var line: String {
        parts.map { "\(words(of: $0)) \($0.amount.exactlyFormatted)" }.joined(separator: reader.text("money.part.between"))
    }

    private func words(of part: RatedPart) -> String {
        let discount =
            part.discountPerMille == 0 ? "" : reader.text("money.part.discount", ["share": Self.percent(part.discountPerMille)])
        switch part.kind {
        case .connectFee: return reader.text("money.part.connectFee") + discount
        case .free: return reader.text("money.part.free", span(part))
        case .seconds:
            return reader.text("money.part.seconds", span(part).merging(["price": PlainWords.pricePerMinute(part.price)]) { $1 })
                + discount
        }
    }

    private func span(_ part: RatedPart) -> [String: String] {
        let clock = reader.zone.clock(of: answeredAt.adding(seconds: part.from))
        let time = [clock.hour, clock.minute, clock.second].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        return ["from": time, "time": reader.duration(part.seconds)]
    }

    /// 125 per mille are 12.5 %.
    private static func percent(_ perMille: Int64) -> String {
        perMille % 10 == 0 ? "\(perMille / 10)%" : "\(perMille / 10).\(perMille % 10)%"
    }
}

extension RatedPart {
    /// The part for programs; amounts are micro-yuan.
    struct Answer: Encodable {
        var kind: String
        var from: Int64
        var seconds: Int64
        var price: Int64
        var discountPermille: Int64
        var amount: Int64
    }

    var answer: Answer {
        Answer(
            kind: kind.rawValue, from: from, seconds: seconds, price: price.micros, discountPermille: discountPerMille,
            amount: amount.micros)
    }
}
