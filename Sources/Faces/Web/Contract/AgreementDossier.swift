import Agreement
import Basics
import Charging
import Customers
import Lines
import Orders
import Storage

/// Everything about a customer's agreement that its page shows, read in one transaction.
struct AgreementDossier: Sendable {
    /// Nil until something has been prepared for signing.
    var agreement: Agreement?
    /// The version whose wording the reader sees: the one in force, else the one to sign.
    var shown: AgreementVersion?
    var inForce: TermsInForce?
    var windows: [ChangeWindow] = []
    /// Published versions, the newest first.
    var versions: [AgreementVersion] = []
    var interpretations: [Interpretation] = []
    var today: TodayFacts?

    static func read(
        of customer: CustomerID, line: Line?, words: Words, language: Language, in tx: any Transaction, at now: Timestamp,
        zone: BusinessZone
    ) throws(Fault) -> AgreementDossier {
        let day = zone.date(of: now)
        var dossier = AgreementDossier()
        dossier.agreement = try signedAgreement(of: customer, in: tx)
        dossier.versions = try agreementVersions(in: tx).filter { $0.state == .published }
        if let facts = try agreementFacts(of: customer, in: tx, zone: zone) {
            dossier.inForce = termsInForce(facts: facts, on: day)
            dossier.windows = changeWindows(facts: facts, on: day)
        }
        dossier.interpretations = try publishedInterpretations(on: day, in: tx)
        let id = dossier.inForce?.version ?? dossier.agreement?.version
        dossier.shown = dossier.versions.first { $0.id == id } ?? dossier.versions.first
        guard let terms = dossier.inForce?.terms ?? dossier.shown?.terms else { return dossier }
        var gather = GatherToday(customer: customer, line: line, words: words, language: language, zone: zone, now: now)
        gather.agreement = dossier.agreement
        gather.windows = dossier.windows
        dossier.today = try gather.facts(terms, in: tx)
        dossier.today?.interpretations = dossier.interpretations.count
        return dossier
    }

    /// The window that waits for an answer; nil when none does.
    var open: ChangeWindow? { windows.last { $0.mayAnswer } }
    var negotiating: ChangeWindow? { windows.last { $0.state == .negotiating } }
}

/// The agreement of a customer; a name of its own, because here a module, a type and a property are called agreement.
func signedAgreement(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Agreement? {
    try agreement(of: customer, in: tx)
}

private func publishedInterpretations(on day: BusinessDate, in tx: any Transaction) throws(Fault) -> [Interpretation] {
    try interpretations(on: day, in: tx)
}
