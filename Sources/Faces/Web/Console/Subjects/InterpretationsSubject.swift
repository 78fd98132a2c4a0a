import Access
import Agreement
import Basics
import Customers
import Storage

/// How the provider reads its clauses (clause 18), each from a day on.
extension ConsoleSubject {
    static let interpretations = ConsoleSubject(
        key: "interpretations", permission: .interpretAgreement, icon: "info",
        columns: ["clause", "words", "from", "publishedAt"].map { ConsoleColumn($0) },
        filters: [ConsoleFilter(key: "clause", kind: "clause", values: (1...18).map { "\($0)" })],
        hasPersonalData: false,
        acts: { desk in
            let today = desk.zone.date(of: desk.now).description
            return [
                ConsoleOffer(
                    InterpretationActs.publish, prefill: ["from": today],
                    parameters: ["reminder": desk.words(of: Interpretation.reminder)])
            ]
        },
        rows: { desk, _, tx throws(Fault) in
            // Also those that are to come.
            let all = try everyInterpretation(in: tx)
            return ConsoleRows(all.map { row($0, desk) })
        })

    private static func row(_ one: Interpretation, _ desk: ConsoleDesk) -> ConsoleRow {
        ConsoleRow(
            id: one.id.rawValue,
            cells: [
                ConsoleCell(desk.value("clause", "\(one.clause)"), value: .integer(Int64(one.clause))),
                ConsoleCell(desk.words(of: one.words), value: .object(["zh": .text(one.words.zh), "en": .text(one.words.en)])),
                desk.cell(one.from), desk.cell(one.publishedAt),
            ],
            marks: ["clause": "\(one.clause)"])
    }
}

/// Also those whose day is to come. Outside of the subject, whose own name it is.
private func everyInterpretation(in tx: any Transaction) throws(Fault) -> [Interpretation] {
    try interpretations(on: BusinessDate.range.upperBound, in: tx)
}

/// Publishing an interpretation.
enum InterpretationActs {
    static let all = [publish]

    static let publish = ConsoleAct(
        key: "interpretations.publish", permission: .interpretAgreement, path: "interpretations",
        fields: [
            ActField("number", .choice("clause", (1...18).map { "\($0)" })), ActField("bodyZh", .text(ConsoleLimits.textBytes)),
            ActField("bodyEn", .text(ConsoleLimits.textBytes)), ActField("from", .date), ActField("reminded", .flag),
            ActField("id", .once),
        ], isDangerous: true,
        perform: { desk, act, values in
            guard let id = InterpretationID(values.text("id")), let clause = Int(values.text("number")) else {
                throw Fault.field("id", "is not an id")
            }
            let words = Wording(zh: values.text("bodyZh"), en: values.text("bodyEn"))
            let from = values.date("from") ?? desk.zone.date(of: desk.now)
            guard values.flag("reminded") else {
                throw FieldErrors(errors: [
                    FieldError(field: "reminded", fault: Fault(.consoleConfirm, "confirm the reminder of art. 498"))
                ])
            }
            try await desk.services.database.write { tx throws(Fault) in
                _ = try publishInterpretation(
                    id, of: clause, words, from: from, reminderConfirmed: true, by: act, in: tx, at: desk.now, zone: desk.zone)
            }
            return [:]
        })
}
