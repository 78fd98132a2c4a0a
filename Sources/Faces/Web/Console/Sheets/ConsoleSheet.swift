import Basics

/// One thing on one page: its answer in the first line, facts, tables, texts and what may be done.
struct ConsoleSheet: Sendable {
    var title: String
    var lead: String
    var badge: ConsoleCell?
    var acts: [ConsoleOffer] = []
    var sections: [ConsoleSection] = []
    /// A template of its own with what it needs, for pages that are more than facts.
    var template: String?
    var extra: [String: JSONValue] = [:]
}

/// A part of a sheet.
struct ConsoleSection: Sendable {
    struct Fact: Sendable {
        var key: String
        var cell: ConsoleCell

        init(_ key: String, _ cell: ConsoleCell) {
            self.key = key
            self.cell = cell
        }

        init(_ key: String, _ text: String?) { self.init(key, ConsoleCell(text ?? "")) }
    }

    /// A text with a heading: a message of a thread, a clause, an interpretation.
    struct Passage: Sendable {
        struct Run: Sendable {
            enum Kind: String, Sendable { case same, added, removed }
            var kind: Kind
            var text: String
        }

        var heading: String
        var note = ""
        var runs: [Run]
        var isOurs = false

        init(_ heading: String, note: String = "", text: String, isOurs: Bool = false) {
            self.init(heading, note: note, runs: [Run(kind: .same, text: text)], isOurs: isOurs)
        }

        init(_ heading: String, note: String = "", runs: [Run], isOurs: Bool = false) {
            self.heading = heading
            self.note = note
            self.runs = runs
            self.isOurs = isOurs
        }
    }

    struct Table: Sendable {
        var columns: [String]
        var rows: [ConsoleRow]
    }

    /// Its words stand under `console.section.KEY`, and its empty words under `console.none.KEY`.
    var key: String
    /// Another heading than the words of the key, where there are many of a kind.
    var title: String?
    var facts: [Fact] = []
    var table: Table?
    var passages: [Passage] = []
    var notices: [ConsoleNotice] = []
    var acts: [ConsoleOffer] = []
    /// How far a long work has come; scripts keep it moving.
    var progress: Progress?
    /// A picture of the table, which says the same in figures.
    var chart: ConsoleChart?

    struct Progress: Sendable {
        var done: Int
        var total: Int
        var words: String
        /// Where a script asks again; nil when it is done.
        var address: String?
    }
}

/// Something that the reader should know first.
struct ConsoleNotice: Sendable {
    var tone: ConsoleCell.Tone
    var words: String
    var more = ""
}
