import Agreement
import Basics
import Customers
import Lines

/// What one clause means for the reader today: a few plain sentences, the first the one that matters most.
struct ClauseToday: Equatable {
    struct Sentence: Equatable {
        enum Tone: String {
            case plain = ""
            case good
            case warn
        }

        var text: String
        var tone = Tone.plain
        /// Where to go on, and its words.
        var link: Link?
    }

    struct Link: Equatable {
        var href: String
        var words: String
    }

    var clause: Int
    var sentences: [Sentence]

    /// For `contract/agreement`.
    var model: [[String: Any]] {
        sentences.map { sentence in
            var model: [String: Any] = ["text": sentence.text]
            if sentence.tone != .plain {
                model["tone"] = sentence.tone.rawValue
                model["icon"] = sentence.tone == .good ? "check" : "alert"
            }
            if let link = sentence.link {
                model["href"] = link.href
                model["action"] = link.words
            }
            return model
        }
    }
}

/// Everything that the sentences are made of, gathered from the rooms in one transaction.
struct TodayFacts: Sendable {
    struct Licence: Sendable, Equatable {
        var version: String
        var day: BusinessDate
    }

    struct Debt: Sendable, Equatable {
        /// Not yet due: the sum and the last day to pay it.
        var due: Money?
        var dueDay: BusinessDate?
        /// Past its day.
        var overdue: Money
    }

    struct Usage: Sendable, Equatable {
        var used: Money
        var limit: Money
        var available: Money
    }

    struct Prices: Sendable, Equatable {
        var plan: String
        var video: Money
        var audio: Money
    }

    /// An announcement of works on the network.
    struct Works: Sendable, Equatable {
        var announced: BusinessDate
        var title: String
    }

    /// How long an announcement of works is shown beside its clause.
    static let announcedSeconds: Int64 = 14 * 86_400

    struct Terminal: Sendable, Equatable {
        var name: String
        /// The day on which it came into service; nil while it is on its way.
        var installed: BusinessDate?
    }

    struct Held: Sendable, Equatable {
        var clause: Int
        var reason: String
        var since: BusinessDate
    }

    var verification = VerificationState.none
    var evidenceDeadline: BusinessDate?
    var reads = 0
    var prices: Prices?
    var annexes = 0
    var held: [Held] = []
    var licence: Licence?
    var terminals: [Terminal] = []
    var terms: AgreementTerms
    var debt: Debt?
    var openDisputes = 0
    var maintenance: [Works] = []
    var usage: Usage?
    var endingOn: BusinessDate?
    var windows: [ChangeWindow] = []
    var inForceSince: BusinessDate?
    var fingerprint = ""
    var interpretations = 0
}
