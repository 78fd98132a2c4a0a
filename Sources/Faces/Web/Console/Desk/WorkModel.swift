import Basics
import Billing
import Storage

/// The opening page: what waits for this member of the staff, oldest first.
struct WorkModel {
    struct Queue: Sendable {
        var subject: ConsoleSubject
        /// The oldest first; of many, as many as one page holds.
        var waiting: [ConsoleRow]
        var count: Int
        /// Whether it was counted only as far as ``BillingLimits/countedWork``.
        var isCapped = false

        /// `100+` where there are more than were counted.
        var words: String { isMore ? "\(BillingLimits.countedWork)+" : "\(count)" }
        var isMore: Bool { isCapped && count > BillingLimits.countedWork }
    }

    let desk: ConsoleDesk
    let queues: [Queue]

    static func queues(for desk: ConsoleDesk, in tx: any Transaction) throws(Fault) -> [Queue] {
        var queues: [Queue] = []
        for subject in ConsoleSubject.all where subject.isQueue && subject.isFor(desk) {
            let found = try subject.rows(desk, .waiting, tx)
            let rows = found.rows.filter { $0.waitsSince != nil }
            queues.append(
                Queue(
                    subject: subject, waiting: rows.sorted { ($0.waitsSince ?? desk.now) < ($1.waitsSince ?? desk.now) },
                    count: found.waiting.map(Int.init) ?? found.paged?.total ?? rows.count, isCapped: found.waiting != nil))
        }
        return queues
    }

    var model: [String: Any] {
        let count = queues.reduce(0) { $0 + $1.count - ($1.isMore ? 1 : 0) }
        let all = queues.contains(where: \.isMore) ? "\(count)+" : "\(count)"
        return [
            "lead": desk.text(count == 0 ? "console.nothingWaits" : "console.waits", ["count": all]),
            "greeting": desk.text(
                "console.greeting", ["name": desk.name, "day": PlainWords.day(desk.zone.date(of: desk.now), desk.language)]),
            "queues": queues.map(queue), "hasQueues": !queues.isEmpty,
        ]
    }

    private func queue(_ queue: Queue) -> [String: Any] {
        let first = queue.waiting.first?.waitsSince
        let late = queue.waiting.count { ($0.deadline ?? .distant) <= desk.now }
        var answer = first.map { desk.text("console.oldest", ["wait": desk.wait(since: $0)]) } ?? desk.text("console.nothing")
        if late > 0 { answer += " · " + desk.text("console.late", ["count": "\(late)"]) }
        return [
            "key": queue.subject.key, "path": queue.subject.path, "words": desk.text("console.title.\(queue.subject.key)"),
            "count": queue.words, "answer": answer, "hasItems": !queue.waiting.isEmpty,
            "items": queue.waiting.prefix(ConsoleLimits.queueItems).map(item),
        ]
    }

    private func item(_ row: ConsoleRow) -> [String: Any] {
        var model: [String: Any] = [
            "id": row.id, "link": row.link ?? "", "words": row.summary ?? row.cells.first?.text ?? row.id,
            "waited": row.waitsSince.map { desk.wait(since: $0) } ?? "",
        ]
        if let deadline = row.deadline {
            let isLate = deadline <= desk.now
            let words = isLate ? desk.deadline(deadline).text : desk.text("console.due", ["moment": desk.moment(deadline)])
            model["deadline"] = ["text": words, "tone": isLate ? "bad" : "warn"]
        }
        return model
    }
}

extension Timestamp {
    /// Later than anything that happens here.
    fileprivate static let distant = Timestamp(milliseconds: .max)
}
