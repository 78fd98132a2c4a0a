import Access
import Agreement
import Basics
import Charging
import Crypto
import Customers
import Lines
import Orders
import Storage

/// Somebody of the demo who becomes a customer the way that everybody does: data, check, order, both signatures, line.
struct Newcomer {
    var name: DisplayName
    var language: Language
    var number: PhoneNumber
    var password: PasswordHash
    var identity: PersonForm
    var account: AccountID
    var creditLimit = ChargingLimits.standardCreditLimit
}

/// Takes newcomers all the way, by the use cases of the pages and the console, in one transaction each.
struct Admission {
    let vault: Vault
    let seal: ProviderSeal
    let zone: BusinessZone
    let pool: NumberPool

    /// The line, open and with its account.
    func admit(_ newcomer: Newcomer, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Line {
        let application = try beginApplication(
            BeginApplicationRequest(
                name: newcomer.name, language: newcomer.language, number: newcomer.number, password: newcomer.password,
                party: .person, account: newcomer.account.rawValue, pool: pool),
            in: tx, at: now, zone: zone)
        let customer = application.customer
        let identity = try identity(newcomer, at: now)
        try check(identity, of: customer, in: tx, at: now)
        _ = try confirmOrder(
            ConfirmOrderRequest(
                id: OrderID(trusted: "first-\(newcomer.number.digits)"), customer: customer,
                content: .openLine(number: newcomer.number, plan: StandardCatalogue.standard, extras: []),
                creditLimit: newcomer.creditLimit, pool: pool),
            vault: vault, seal: seal, in: tx, at: now, zone: zone)
        try openAccount(
            OpenAccountRequest(id: newcomer.account, customer: customer, creditLimit: newcomer.creditLimit), in: tx, at: now)
        try sign(customer, ContractParty(identity), in: tx, at: now)
        guard case .open(let line, _, _) = try activate(customer, pool: pool, in: tx, at: now, zone: zone) else {
            throw Fault(.programFile, "the demo's customer \(newcomer.number) could not be admitted")
        }
        return line
    }

    private func identity(_ newcomer: Newcomer, at now: Timestamp) throws(Fault) -> Identity {
        switch checkPerson(newcomer.identity, on: zone.date(of: now)) {
        case .success(let person): return .person(person)
        case .failure(let faults):
            throw Fault(.programFile, "the demo's data of \(newcomer.number) are refused: \(faults)")
        }
    }

    private func check(_ identity: Identity, of customer: CustomerID, in tx: any Transaction, at now: Timestamp) throws(Fault) {
        let submitted = try submitIdentity(
            SubmitIdentityRequest(customer: customer, identity: identity, consents: [.identityCheck]), with: vault, in: tx,
            at: now, zone: zone)
        let clerk = try StaffAct(staff: StaffID(trusted: "demo"), roles: [.customerService], purpose: "演示数据 demo data")
        try verifyIdentity(submitted.id, version: submitted.version, by: clerk, in: tx, at: now)
    }

    /// Both parties sign; the customer with a key that nobody keeps.
    private func sign(_ customer: CustomerID, _ party: ContractParty, in tx: any Transaction, at now: Timestamp) throws(Fault) {
        _ = try prepareAgreement(for: customer, party: party, seal: seal, vault: vault, in: tx, at: now, zone: zone)
        let session = SessionID.random()
        let challenge = try beginSigning(customer, method: .key, session: session, in: tx, at: now)
        let key = P256.Signing.PrivateKey()
        guard let signature = try? key.signature(for: challenge.message) else {
            throw Fault(.programFile, "a demo signature could not be made")
        }
        let proof = SigningProof.key(
            try CustomerPublicKey(bytes: Array(key.publicKey.x963Representation)),
            signature: Array(signature.rawRepresentation))
        _ = try signAsCustomer(customer, answering: challenge.nonce, with: proof, session: session, in: tx, at: now)
        _ = try sealAgreement(of: customer, with: seal, in: tx, at: now)
    }
}
