import Access
import Agreement
import Basics
import Customers
import Storage

/// Objections to a version (clause 15) and their negotiation.
extension ConsoleSubject {
    static let objections = ConsoleSubject(
        key: "objections", permission: .negotiateObjections, icon: "people",
        columns: ["customer", "versionNumber", "raisedAt", "lastWord", "state"].map { ConsoleColumn($0) },
        filters: [ConsoleFilter(key: "last", kind: "author", values: ["customer", "provider"])],
        isQueue: true,
        rows: { desk, _, tx throws(Fault) in
            var rows: [ConsoleRow] = []
            while rows.count < ConsoleLimits.listRows {
                let page = try openObjections(limit: 200, offset: rows.count, in: tx)
                let names = try customerNames(of: page.map(\.customer), in: tx)
                for objection in page { rows.append(try row(objection, names[objection.customer] ?? "", desk, tx)) }
                guard page.count == 200 else { break }
            }
            return ConsoleRows(rows)
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = ObjectionID(id) else { throw Fault(.webNotFound, "no such objection") }
            return try sheet(try objection(id, in: tx), desk, tx)
        })

    private static func row(
        _ one: Objection, _ name: String, _ desk: ConsoleDesk, _ tx: any Transaction
    ) throws(Fault) -> ConsoleRow {
        let last = try negotiation(one.id, in: tx).last
        let version = desk.text("console.versions.number", ["number": "\(one.versionNumber)"])
        return ConsoleRow(
            id: one.id.rawValue, link: "/console/objections/\(one.id)",
            cells: [
                ConsoleCell(name), ConsoleCell(version, value: .integer(Int64(one.versionNumber))), desk.cell(one.raisedAt),
                desk.value("author", last?.author.rawValue ?? "customer", at: last?.at ?? one.raisedAt), state(one, desk),
            ],
            marks: ["last": last?.author.rawValue ?? "customer"],
            // Whoever wrote last waits for the other; what is proposed waits for the customer.
            waitsSince: last?.author == .provider || one.proposed != nil ? nil : last?.at ?? one.raisedAt,
            summary: "\(name) · \(version)")
    }

    private static func state(_ one: Objection, _ desk: ConsoleDesk) -> ConsoleCell {
        if let outcome = one.outcome { return desk.badge("objectionOutcome", outcome.rawValue, .good) }
        if let proposed = one.proposed { return desk.badge("objectionProposed", proposed.rawValue, .plain) }
        return desk.badge("objectionState", "open", .warn)
    }

    private static func sheet(_ one: Objection, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleSheet {
        let who = try customer(one.customer, in: tx)
        let window = try changeWindow(of: one.customer, version: one.version, in: tx, at: desk.now, zone: desk.zone)
        let messages = try negotiation(one.id, in: tx).map { message in
            ConsoleSection.Passage(
                desk.value("author", message.author.rawValue), note: desk.moment(message.at), text: message.words,
                isOurs: message.author == .provider)
        }
        let offers = [ObjectionActs.answer, ObjectionActs.resolve].map {
            ConsoleOffer($0, id: one.id.rawValue, parameters: ["name": who.name.text])
        }
        return ConsoleSheet(
            title: who.name.text, lead: desk.text("console.objections.lead", ["number": "\(one.versionNumber)"]),
            badge: state(one, desk), acts: one.isOpen ? offers : [],
            sections: [
                ConsoleSection(
                    key: "objection",
                    facts: [
                        .init("customer", desk.link(to: who.id, named: who.name.text)),
                        .init(
                            "version",
                            ConsoleCell(
                                desk.text("console.versions.number", ["number": "\(one.versionNumber)"]),
                                link: desk.may(.publishAgreement) ? "/console/versions/\(one.version)" : nil)),
                        .init("raisedAt", desk.cell(one.raisedAt)), .init("windowUntil", desk.cell(window?.lastDay)),
                        .init("settledAt", desk.cell(one.settledAt)),
                    ]),
                ConsoleSection(key: "thread", passages: messages),
                try desk.timeline(of: ["objection:\(one.id)"], in: tx),
            ])
    }
}

extension ConsoleDesk {
    /// A value's words with a moment behind them.
    fileprivate func value(_ kind: String, _ value: String, at time: Timestamp) -> ConsoleCell {
        ConsoleCell("\(self.value(kind, value)) · \(moment(time))", value: .text(value))
    }
}

/// What staff do about an objection.
enum ObjectionActs {
    static let all = [answer, resolve]

    static let answer = ConsoleAct(
        key: "objections.answer", permission: .negotiateObjections, path: "objections/{id}/messages",
        fields: [ActField("words", .text(ConsoleLimits.textBytes)), ActField("id", .once)],
        perform: { desk, act, values in
            let objection: ObjectionID = try values.identifier()
            guard let id = MessageID(values.text("id")) else { throw Fault.field("id", "is not an id") }
            try await desk.services.database.write { tx throws(Fault) in
                _ = try negotiate(id, about: objection, words: values.text("words"), by: act, in: tx, at: desk.now)
            }
            return [:]
        })

    static let resolve = ConsoleAct(
        key: "objections.resolve", permission: .negotiateObjections, path: "objections/{id}/resolve",
        fields: [ActField("outcome", .choice("objectionOutcome", ObjectionOutcome.allCases.map(\.rawValue)))], isDangerous: true,
        perform: { desk, act, values in
            let id: ObjectionID = try values.identifier()
            guard let outcome = ObjectionOutcome(rawValue: values.text("outcome")) else {
                throw Fault.field("outcome", "is unknown")
            }
            try await desk.services.database.write { tx throws(Fault) in
                _ = try resolveObjection(id, outcome, by: act, in: tx, at: desk.now)
            }
            return [:]
        })
}
