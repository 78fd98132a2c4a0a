import Basics
import Customers
import Storage

/// Everything that the customer's privacy page shows, read in one transaction.
struct PrivacyDossier: Sendable {
    var identity: MaskedIdentity?
    var looks: [AccessRecord]
    var consents: [Consent]
    var authorisations: [Authorisation]
    var retention: Retention?
    /// What no law keeps and the service does not need.
    var erasable: ErasableData

    static func read(of customer: CustomerID, vault: Vault, in tx: any Transaction) throws(Fault) -> PrivacyDossier {
        PrivacyDossier(
            identity: try maskedIdentity(of: customer, with: vault, in: tx), looks: try accessLog(of: customer, in: tx),
            consents: try Customers.consents(of: customer, in: tx),
            authorisations: try Customers.authorisations(of: customer, in: tx),
            retention: try Customers.retention(of: customer, in: tx), erasable: try erasableData(of: customer, in: tx))
    }

    /// Looks by staff: what the customer took along is no look.
    var reads: [AccessRecord] { looks.filter { $0.action == .revealed || $0.action == .evidenceOpened } }
    var disclosures: [AccessRecord] { looks.filter { $0.action == .disclosed } }
}
