import Basics
import Billing
import Charging
import Customers
import Lines
import Storage

/// The detailed list of a month as people read it: the sums first, then call by call, and the months before.
struct CallsOfMonth {
    let month: BusinessMonth
    let page: MonthCallPage
    let sums: [MonthSum]
    /// How costs came about, where a price of a second does not say it all.
    let parts: [CallID: [RatedPart]]
    /// The reader's own names for numbers.
    let names: [PhoneNumber: String]
    let reader: PageReader

    /// Months that have a link of their own beside the one that runs (电信服务规范: five months, and one to be sure).
    static let monthsBack: Int64 = 6

    /// A month as it stands in an address.
    static func month(_ text: String) throws(Fault) -> BusinessMonth {
        guard let month = BusinessMonth(text) else { throw Fault.field("month", "is not a month such as 2026-11") }
        return month
    }

    /// The names that the reader has given to numbers.
    static func names(
        _ numbers: [PhoneNumber], for customer: CustomerID, in tx: any Transaction
    ) throws(Fault) -> [PhoneNumber: String] {
        var names: [PhoneNumber: String] = [:]
        for number in Set(numbers) { names[number] = try contactName(for: number, of: customer, in: tx)?.text }
        return names
    }

    var model: [String: Any] {
        let cost = sums.reduce(Money.zero) { $0 + $1.cost }
        let now = reader.today.month
        let months = (0...Self.monthsBack).map { now.adding(months: -$0) }
        var model: [String: Any] = [
            "headline": reader.text(
                month == now ? "money.calls.lineNow" : "money.calls.line",
                ["month": reader.month(month), "amount": cost.formatted]),
            "sums": sums.map { sum in
                [
                    "name": reader.callKind(sum.kind), "amount": sum.cost.formatted,
                    "more": reader.text(
                        "money.calls.sum", ["count": "\(sum.calls)", "time": reader.duration(sum.seconds)]),
                ]
            },
            "total": cost.formatted, "hasCalls": !page.calls.isEmpty, "calls": page.calls.map(row),
            "notBilled": month == now,
            "months": months.map { one in
                ["href": "/money/calls?month=\(one)", "name": reader.month(one), "isCurrent": one == month] as [String: Any]
            },
        ]
        if let next = page.next { model["more"] = "/money/calls?month=\(month)&before=\(next)" }
        return model
    }

    private func row(_ call: MonthCall) -> [String: Any] {
        var row = CallRow(
            dialled: call.dialled, answeredAt: call.answeredAt, seconds: call.seconds, price: call.pricePerSecond,
            cost: call.cost,
            parts: parts[call.call] ?? []
        ).model(names, reader)
        row["kind"] = reader.callKind(call.kind)
        if let invoice = call.invoice, call.cost > .zero {
            row["objection"] = "/money/disputes/new?invoice=\(invoice)&call=\(call.call)"
        }
        return row
    }
}

/// One call of a list.
struct CallRow {
    let dialled: PhoneNumber
    let answeredAt: Timestamp
    let seconds: Int64
    let price: Money
    let cost: Money
    let parts: [RatedPart]

    func model(_ names: [PhoneNumber: String], _ reader: PageReader) -> [String: Any] {
        var model: [String: Any] = [
            "when": reader.moment(answeredAt), "number": dialled.grouped, "time": reader.duration(seconds),
            "price": PlainWords.pricePerMinute(price), "cost": cost.exactlyFormatted,
        ]
        if let name = names[dialled] { model["name"] = name }
        model.merge(RatedParts(parts: parts, answeredAt: answeredAt, reader: reader).model) { $1 }
        return model
    }
}
