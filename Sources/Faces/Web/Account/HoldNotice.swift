import Basics
import Lines
import Storage

/// A hold with the appeal against it: what is held back, why, what lifts it, and the way to object (反电信网络诈骗法 art. 32).
struct HoldNotice: Sendable {
    let hold: Hold
    let appeal: HoldAppeal?

    /// The holds on a line, each with its latest appeal.
    static func read(_ line: LineID, in tx: any Transaction) throws(Fault) -> [HoldNotice] {
        var notices: [HoldNotice] = []
        for hold in try activeHolds(on: line, in: tx) {
            notices.append(HoldNotice(hold: hold, appeal: try appeals(against: hold.id, in: tx).max { $0.filedAt < $1.filedAt }))
        }
        return notices
    }

    /// One appeal at a time, and only against what the provider decides on; a debt is lifted by paying.
    var mayAppeal: Bool { [.identity, .misuse].contains(hold.kind) && appeal?.state != .filed }

    func model(_ reader: PageReader) -> [String: Any] {
        let day = reader.day(hold.since)
        var model: [String: Any] = [
            "id": hold.id.rawValue, "reason": reader.text(hold.reasonKey), "remedy": reader.text(hold.remedyKey),
            "since": hold.clause.map { reader.text("hold.sinceClause", ["date": day, "clause": "\($0)"]) }
                ?? reader.text("hold.since", ["date": day]),
            "mayAppeal": mayAppeal,
        ]
        if let appeal {
            model["appealLine"] = reader.text("appeal.state.\(appeal.state.rawValue)") + (appeal.answer.map { " \($0)" } ?? "")
        }
        return model
    }
}
