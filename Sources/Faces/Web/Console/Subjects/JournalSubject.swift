import Access
import Basics
import Foundation
import Notices
import Storage

/// The journal: every business change, the newest first, with its place in the hash chain.
extension ConsoleSubject {
    static let journal = ConsoleSubject(
        key: "journal", permission: .readJournal, icon: "history",
        columns: ["at", "actor", "action", "subject", "clause", "change", "position"].map {
            ConsoleColumn($0, isSortable: false)
        },
        filters: [
            ConsoleFilter(key: "actorKind", kind: "actor", values: ["staff:", "customer:", "system"]),
            ConsoleFilter(key: "clause", kind: "clause", values: (1...18).map { "\($0)" }),
            ConsoleFilter(key: "days", kind: "days", values: ["1", "7", "31", "366"]),
        ],
        hasPersonalData: false,
        rows: { desk, query, tx throws(Fault) in
            let records = try readJournal(
                filter(query, desk), before: query.after.flatMap { Int64($0) }, limit: ConsoleLimits.pageRows + 1,
                by: try desk.act("console.reading.list"), in: tx)
            let page = records.prefix(ConsoleLimits.pageRows)
            let names = try StaffNames(of: page.map(\.entry.actor), in: tx)
            let next = records.count > page.count ? page.last.map { "\($0.id)" } : nil
            return ConsoleRows(page.map { row($0, names, desk) }, paged: ConsoleRows.Paged(next: next))
        })

    /// The words that are searched for are the beginning of an action or, with a colon, of a subject; of an
    /// actor where a kind of actor is chosen.
    private static func filter(_ query: ListQuery, _ desk: ConsoleDesk) -> JournalFilter {
        var filter = JournalFilter(
            actor: query.filters["actorKind"], clause: query.filters["clause"].flatMap { Int($0) },
            from: query.filters["days"].flatMap { Int64($0) }.map { days in
                desk.zone.start(of: desk.zone.date(of: desk.now).adding(days: 1 - days))
            })
        guard !query.text.isEmpty else { return filter }
        if !query.text.contains(":") {
            filter.action = query.text
        } else if query.filters["actorKind"] != nil {
            filter.actor = query.text
        } else {
            filter.subject = query.text
        }
        return filter
    }

    private static func row(_ record: JournalRecord, _ names: StaffNames, _ desk: ConsoleDesk) -> ConsoleRow {
        let entry = record.entry
        return ConsoleRow(
            id: "\(record.id)",
            cells: [
                desk.cell(entry.at), names.cell(entry.actor, desk),
                ConsoleCell(entry.action), .name(entry.subject, link: desk.link(toSubject: entry.subject)),
                entry.clause.map { ConsoleCell("\($0)", value: .integer(Int64($0)), isFigure: true) } ?? .empty,
                ConsoleCell(JournalWords.change(entry)),
                record.position.map { ConsoleCell("#\($0)", value: .integer($0), isFigure: true) }
                    ?? ConsoleCell(desk.text("console.unsealed"), value: .null),
            ])
    }
}

/// The names of the staff among some actors of the journal.
struct StaffNames {
    private var names: [String: String] = [:]

    init(of actors: [String], in tx: any Transaction) throws(Fault) {
        for actor in Set(actors) where actor.hasPrefix("staff:") {
            guard let id = StaffID(String(actor.dropFirst("staff:".count))) else { continue }
            names[actor] = try findStaff(id, in: tx)?.name
        }
    }

    func cell(_ actor: String, _ desk: ConsoleDesk) -> ConsoleCell {
        var cell = ConsoleCell.name(actor, link: desk.link(toSubject: actor))
        if names[actor] != nil || actor == "system" { cell.text = name(of: actor, desk) }
        return cell
    }

    func name(of actor: String, _ desk: ConsoleDesk) -> String {
        if let name = names[actor] { return name }
        return actor == "system" ? desk.text("console.system") : actor
    }
}

/// What a change says in one line.
enum JournalWords {
    static func change(_ entry: JournalEntry) -> String {
        switch (entry.before.map(members), entry.after.map(members)) {
        case (let before?, let after?):
            let names = Set(before.keys).union(after.keys).sorted()
            return names.filter { before[$0] != after[$0] }.map { name in
                guard let old = before[name] else { return "\(name): \(after[name] ?? "")" }
                return "\(name): \(old) → \(after[name] ?? "–")"
            }.joined(separator: "; ")
        case (let state?, nil), (nil, let state?):
            return state.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
        case (nil, nil): return ""
        }
    }

    /// The members of a state as text; JSON that cannot be read stands as it is.
    static func members(_ json: String) -> [String: String] {
        guard case .object(let members) = try? JSONDecoder().decode(JSONValue.self, from: Data(json.utf8)) else {
            return ["": json]
        }
        return members.mapValues { value in
            switch value {
            case .null: "–"
            case .text(let text): text
            default: value.rendered
            }
        }
    }
}

extension ConsoleDesk {
    /// The page of a subject of the journal, where there is one that this person may see.
    func link(toSubject subject: String) -> String? {
        let parts = subject.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let page = ConsoleSubject.pages[String(parts[0])] else { return nil }
        guard let subject = ConsoleSubject.all.first(where: { $0.key == page }), subject.isFor(self) else { return nil }
        return "\(subject.path)/\(parts[1])"
    }
}
