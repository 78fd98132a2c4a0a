import Access
import Agreement
import Basics
import Customers
import Storage
import Testing

/// The provider's desk where agreements are made and changed, in a world.
struct Contract {
    let world: World
    let vault = Vault.ephemeral()
    let seal = ProviderSeal.ephemeral()
    private let session = SessionID(trusted: "kitchen-tablet")

    static let terms = AgreementTerms.standard(
        ProviderParty(
            name: "见面通信有限公司", legalRepresentative: "林知远", address: "北京市海淀区中关村大街1号", phone: "010-60000000",
            uscc: "91110000600037341L", website: "https://jianmian.example"))

    /// Plays a scenario on both engines from a morning on, with the first version of the agreement published.
    static func play(
        from day: String = "2026-11-23", _ scenario: @Sendable (World, Contract) async throws -> Void
    ) async throws {
        try await World.play { world in
            // The clock of a world stands in November 2026; agreements live through the years after it.
            let contract = Contract(world: world)
            if let date = BusinessDate(day) { world.clock.advance(to: world.zone.start(of: date).adding(seconds: 9 * 3600)) }
            try await world.write { tx, now throws(Fault) in _ = try ensureFirstVersion(terms, in: tx, at: now) }
            try await scenario(world, contract)
        }
    }

    /// Moves the clock to an hour of a day in the provider's zone.
    func wait(until day: String, hour: Int64 = 9) throws {
        let date = try #require(BusinessDate(day))
        world.clock.advance(to: world.zone.start(of: date).adding(seconds: hour * 3600))
    }

    func prepare(_ person: Person) async throws(Fault) -> Agreement {
        let (vault, seal, zone) = (vault, seal, world.zone)
        let party = ContractParty(
            kind: .person, name: "王秀英", address: "北京市朝阳区建国路88号", postcode: "100022", phone: "13800138000",
            idKind: Wording(zh: "居民身份证", en: "Resident identity card"), idNumber: "11010119491231002X")
        return try await world.write { tx, now throws(Fault) in
            try prepareAgreement(for: person.customer, party: party, seal: seal, vault: vault, in: tx, at: now, zone: zone)
        }
    }

    /// The customer signs with the code that was sent.
    func sign(_ person: Person) async throws {
        let session = session
        let challenge = try await world.write { tx, now throws(Fault) in
            try beginSigning(person.customer, method: .code, session: session, in: tx, at: now)
        }
        let code = try #require(challenge.code)
        _ = try await world.write { tx, now throws(Fault) in
            try signAsCustomer(person.customer, answering: challenge.nonce, with: .code(code), session: session, in: tx, at: now)
        }
    }

    func sealIt(_ person: Person) async throws(Fault) {
        let seal = seal
        try await world.write { tx, now throws(Fault) in
            _ = try sealAgreement(of: person.customer, with: seal, by: Contract.legal("签约"), in: tx, at: now)
        }
    }

    /// A customer whose agreement both have signed.
    func party(_ name: String = "王秀英", _ digits: String = "60000001") async throws -> Person {
        let person = try await world.customer(name, digits)
        _ = try await prepare(person)
        try await sign(person)
        try await sealIt(person)
        return person
    }

    /// Publishes the next version, whose warranty years are its number.
    @discardableResult
    func publish(_ number: Int, months: Int = 1) async throws(Fault) -> VersionID {
        let id = VersionID(trusted: "version-\(number)")
        try await world.write { tx, now throws(Fault) in
            var content = DraftContent(
                terms: Contract.terms, text: .standard, summary: Wording(zh: "保修延长。", en: "A longer warranty."))
            content.terms.warrantyYears = number
            content.terms.objectionMonths = months
            _ = try draftVersion(id, content, by: Contract.legal("修订"), in: tx, at: now)
            _ = try publishVersion(id, revision: 1, by: Contract.legal("修订"), in: tx, at: now)
        }
        return id
    }

    func accept(_ version: VersionID, _ person: Person) async throws(Fault) {
        let zone = world.zone
        try await world.write { tx, now throws(Fault) in
            _ = try acceptChange(version, by: person.customer, in: tx, at: now, zone: zone)
        }
    }

    func object(_ version: VersionID, _ person: Person) async throws(Fault) -> Objection {
        let zone = world.zone
        return try await world.write { tx, now throws(Fault) in
            try objectToChange(
                .random(), version: version, reason: "不同意缩短期限", by: person.customer, in: tx, at: now, zone: zone)
        }
    }

    /// The daily close of this room.
    @discardableResult
    func close() async throws(Fault) -> Int {
        let zone = world.zone
        return try await world.write { tx, now throws(Fault) in try bindSilence(in: tx, at: now, zone: zone).bound }
    }

    /// Which version binds on a day, and why.
    func terms(of person: Person, on day: String) async throws -> TermsInForce {
        let (zone, date) = (world.zone, try #require(BusinessDate(day)))
        return try await world.read { tx, _ throws(Fault) in
            try termsInForce(of: person.customer, on: date, in: tx, zone: zone)
        }
    }

    func agreement(of person: Person) async throws -> Agreement {
        try #require(try await world.read { tx, _ throws(Fault) in try existing(person.customer, tx) })
    }

    func report(on person: Person) async throws -> AgreementReport {
        let (vault, agreement) = (vault, try await agreement(of: person))
        return try await world.read { tx, _ throws(Fault) in try verifyAgreement(agreement, vault: vault, in: tx) }
    }

    static func legal(_ purpose: String) throws(Fault) -> StaffAct {
        try StaffAct(staff: StaffID(trusted: "lawyer"), roles: [.legal], purpose: purpose)
    }
}

/// The use case, which the method of the same name would hide.
private func existing(_ customer: CustomerID, _ tx: any Transaction) throws(Fault) -> Agreement? {
    try agreement(of: customer, in: tx)
}
