import Access
import Basics
import Billing
import Storage

/// What months have brought and what is late, in pictures with their tables.
extension ConsoleSubject {
    static let revenue = ConsoleSubject(
        key: "revenue", permission: .viewBooks, icon: "chart",
        columns: ["month", "usage", "rent", "otherRevenue", "penalty", "notInvoiced", "invoiced", "collected"].map {
            ConsoleColumn($0, isSortable: false)
        },
        filters: [ConsoleFilter(key: "months", kind: "months", values: ["6", "12", "24"])],
        hasPersonalData: false,
        rows: { desk, query, tx throws(Fault) in
            let count = Int64(query.filters["months"].flatMap { Int($0) } ?? 12)
            let last = desk.today.month
            let months = try revenueByMonth(from: last.adding(months: 1 - count), through: last, in: tx, zone: desk.zone)
            // A young provider's empty months would only make the bars small.
            let drawn = Array(months.drop { $0 == MonthRevenue.nothing(in: $0.month) })
            let sections = [
                byKind(drawn, desk), collected(drawn, desk), try arrears(desk, tx), try steps(desk, tx),
            ]
            return ConsoleRows(
                months.reversed().map { row($0, desk) }, paged: .init(next: nil), above: sections,
                lead: months.last.map { lead($0, desk) })
        })

    /// What this month has brought so far.
    private static func lead(_ month: MonthRevenue, _ desk: ConsoleDesk) -> String {
        desk.text(
            "console.revenue.lead", ["invoiced": month.invoiced.formatted, "collected": month.collected.formatted])
    }

    private static func row(_ month: MonthRevenue, _ desk: ConsoleDesk) -> ConsoleRow {
        let parts = RevenueParts(month)
        return ConsoleRow(
            id: month.month.description,
            cells: [
                desk.cell(month.month), desk.cell(parts.usage), desk.cell(parts.rent), desk.cell(parts.other),
                desk.cell(month.penalty), desk.cell(month.running), desk.cell(month.invoiced), desk.cell(month.collected),
            ])
    }

    /// The month as it stands below a bar.
    private static func label(_ month: BusinessMonth) -> String {
        "\(month.year % 100)/\(month.monthOfYear)"
    }

    private static func byKind(_ months: [MonthRevenue], _ desk: ConsoleDesk) -> ConsoleSection {
        let parts = months.map(RevenueParts.init)
        func column(_ key: String) -> String { desk.text("console.column.\(key)") }
        var section = ConsoleSection(key: "revenueByKind")
        section.chart = ConsoleChart(
            labels: months.map { label($0.month) },
            series: [
                .init(words: column("usage"), amounts: parts.map(\.usage)),
                .init(words: column("rent"), amounts: parts.map(\.rent)),
                .init(words: column("otherRevenue"), amounts: parts.map(\.other)),
                .init(words: column("penalty"), amounts: months.map(\.penalty)),
                .init(words: column("notInvoiced"), amounts: months.map(\.running)),
            ], isStacked: true)
        return section
    }

    private static func collected(_ months: [MonthRevenue], _ desk: ConsoleDesk) -> ConsoleSection {
        var section = ConsoleSection(key: "collected")
        section.chart = ConsoleChart(
            labels: months.map { label($0.month) },
            series: [
                .init(words: desk.text("console.column.invoiced"), amounts: months.map(\.invoiced)),
                .init(words: desk.text("console.column.collected"), amounts: months.map(\.collected)),
            ])
        return section
    }

    private static func arrears(_ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleSection {
        let arrears = try arrearsByAge(on: desk.today, in: tx)
        let bands = arrears.bands
        func words(_ band: ArrearsBand) -> String {
            let days = band.throughDay.map { "\(band.fromDay)–\($0)" } ?? "> \(band.fromDay - 1)"
            return desk.text("console.revenue.days", ["days": days])
        }
        var section = ConsoleSection(
            key: "arrearsByAge",
            table: .init(
                columns: ["age", "accountCount", "principal", "penalty"],
                rows: bands.map { band in
                    ConsoleRow(
                        id: "\(band.fromDay)",
                        cells: [
                            ConsoleCell(words(band), value: .integer(band.fromDay)), desk.cell(Int(band.accounts)),
                            desk.cell(band.principal), desk.cell(band.penalty),
                        ])
                }))
        if arrears.notSeen > 0 {
            section.notices = [
                ConsoleNotice(tone: .warn, words: desk.text("console.revenue.notSeen", ["count": "\(arrears.notSeen)"]))
            ]
        }
        section.chart = ConsoleChart(
            labels: bands.map(words),
            series: [
                .init(words: desk.text("console.column.principal"), amounts: bands.map(\.principal)),
                .init(words: desk.text("console.column.penalty"), amounts: bands.map(\.penalty)),
            ], isStacked: true)
        return section
    }

    private static func steps(_ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleSection {
        let counts = try accountsByStep(in: tx)
        return ConsoleSection(
            key: "accountsByStep",
            table: .init(
                columns: ["step", "accountCount"],
                rows: LadderStep.allCases.map { step in
                    var badge = desk.badge(step)
                    badge.link = "/console/accounts?step=\(step.rawValue)"
                    return ConsoleRow(id: step.rawValue, cells: [badge, desk.cell(Int(counts[step] ?? 0))])
                }))
    }
}

/// A month's revenue in the few kinds that a picture can show.
private struct RevenueParts {
    let usage: Money
    let rent: Money
    let other: Money

    init(_ month: MonthRevenue) {
        func sum(_ isWanted: (String) -> Bool) -> Money {
            month.earned.filter { isWanted($0.key) }.values.reduce(.zero, +)
        }
        usage = sum { $0.hasPrefix("usage:") }
        rent = sum { $0 == "rent" }
        other = sum { $0 != "rent" && !$0.hasPrefix("usage:") }
    }
}
