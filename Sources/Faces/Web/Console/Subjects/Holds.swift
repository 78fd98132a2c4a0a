import Basics
import Lines
import Storage

extension ConsoleDesk {
    /// The holds that are on some lines now.
    func holdsSection(_ lines: [Line], in tx: any Transaction) throws(Fault) -> ConsoleSection {
        var rows: [ConsoleRow] = []
        for line in lines {
            for hold in try activeHolds(on: line.id, in: tx) { rows.append(row(hold, of: line)) }
        }
        return ConsoleSection(
            key: "holds", table: .init(columns: ["phoneNumber", "holdKind", "effect", "reason", "clause", "since"], rows: rows))
    }

    private func row(_ hold: Hold, of line: Line) -> ConsoleRow {
        ConsoleRow(
            id: hold.id.rawValue,
            cells: [
                ConsoleCell(line.number.grouped, isFigure: true), badge("holdKind", hold.kind.rawValue, .bad),
                ConsoleCell(value("effect", hold.effect.rawValue), value: .text(hold.effect.rawValue)),
                ConsoleCell(words.text(remedy(for: hold).reasonKey, language) ?? hold.reason),
                hold.clause.map { ConsoleCell("\($0)", value: .integer(Int64($0)), isFigure: true) } ?? .empty,
                cell(hold.since),
            ])
    }
}
