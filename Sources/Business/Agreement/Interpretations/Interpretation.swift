public import Basics
public import Storage

/// The id of an interpretation.
public typealias InterpretationID = Identifier<Interpretation>

/// How the provider reads a clause, from a day on (clause 18).
public struct Interpretation: Sendable, Equatable {
    /// The id.
    public let id: InterpretationID
    /// The clause.
    public let clause: Int
    /// The words, in both languages.
    public let words: Wording
    /// The first day on which it stands beside the clause.
    public let from: BusinessDate
    /// When it was published.
    public let publishedAt: Timestamp

    /// What whoever publishes one is reminded of.
    public static let reminder = Wording(
        zh: "《民法典》第四百九十八条：对格式条款有两种以上解释的，应当作出不利于提供格式条款一方的解释。解释不得减损客户权利，也不溯及既往。",
        en:
            "Civil Code art. 498: a standard term with more than one meaning is read against the party that supplied it. An interpretation takes no right from the customer and does not reach back."
    )
}

/// The interpretations that stand beside a clause (or, without one, beside all of them) on a day, by clause and day.
public func interpretations(
    of clause: Int? = nil, on day: BusinessDate, in tx: any Transaction
) throws(Fault) -> [Interpretation] {
    let rows = try tx.query(
        """
        SELECT id, clause, zh, en, from_day, published_at FROM agreement_interpretations
        WHERE from_day <= $1 AND ($2 = 0 OR clause = $2) ORDER BY clause, from_day, published_at, id
        """, [.integer(day.dayNumber), .integer(Int64(clause ?? 0))])
    var found: [Interpretation] = []
    for row in rows { found.append(try interpretation(row)) }
    return found
}

func interpretation(_ row: Row) throws(Fault) -> Interpretation {
    Interpretation(
        id: try row.id("id"), clause: Int(try row.integer("clause")),
        words: Wording(zh: try row.text("zh"), en: try row.text("en")),
        from: BusinessDate(clamping: try row.integer("from_day")), publishedAt: try row.time("published_at"))
}
