// The console's limits on everything from outside, each with a name.

enum ConsoleLimits {
    /// Characters of one parameter of a list's address.
    static let queryCharacters = 200
    /// Rows of a list that the console filters and sorts by itself; rooms page what may grow beyond it.
    static let listRows = 5_000
    /// Rows of one page of a list.
    static let pageRows = 50
    /// Rows of one CSV file.
    static let csvRows = 50_000
    /// Rows that a room is asked for at once while a CSV file is made.
    static let csvPage = 500
    /// Entries of a customer's timeline on their page.
    static let timelineEntries = 100
    /// Items of one queue on the opening page.
    static let queueItems = 5
    /// Bytes of one clause in one language.
    static let clauseBytes = 16 * 1024
    /// Bytes of a longer text that staff write: a reason, an answer, an announcement.
    static let textBytes = 8 * 1024
    /// Sign-ins that one address may try, besides what Access counts per name.
    static let signInBurst = 20
    static let signInsPerMinute = 10.0
    /// Lines of a bank statement on its page.
    static let bankLines = 500
    /// How long somebody who pushes a bill run waits for the answer; what is left goes on without them.
    static let runPatience = Duration.seconds(5)
}
