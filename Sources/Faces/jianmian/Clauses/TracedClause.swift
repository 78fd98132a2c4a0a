/// What the software does for one clause of the agreement, by the names that the code uses.
package struct TracedClause: Sendable {
    /// Its number; 0 is the preamble.
    package let number: Int
    /// What it is about, in Chinese and in English.
    package let subject: (zh: String, en: String)
    /// Pure functions that decide.
    package let rules: [String]
    /// Functions that change something, each in one transaction with its journal entry.
    package let useCases: [String]
    /// Addresses of pages where customers and staff see it.
    package let pages: [String]
    /// Suites of Tests/Clauses that prove it, by their file.
    package let scenarios: [String]
    /// What is not built yet; nil when the clause is complete.
    package let missing: String?

    package init(
        _ number: Int, _ zh: String, _ en: String, rules: [String] = [], useCases: [String] = [], pages: [String] = [],
        scenarios: [String] = [], missing: String? = nil
    ) {
        self.number = number
        subject = (zh, en)
        self.rules = rules
        self.useCases = useCases
        self.pages = pages
        self.scenarios = scenarios
        self.missing = missing
    }
}
