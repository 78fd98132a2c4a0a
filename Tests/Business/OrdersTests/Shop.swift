import Access
import Agreement
import Basics
import Customers
import Lines
import Orders
import Storage
import StorageTestSupport

let shanghai = BusinessZone.shanghai

/// An instant, written in UTC: Shanghai is eight hours ahead.
func at(_ text: String) -> Timestamp { Timestamp(text) ?? Timestamp(milliseconds: 0) }

/// A day.
func day(_ text: String) -> BusinessDate { BusinessDate(text) ?? BusinessDate(clamping: 0) }

/// A provider with the standard agreement and the standard catalogue since an instant, on one engine.
struct Shop: Sendable {
    let database: any Database
    let vault = Vault.ephemeral()
    let seal = ProviderSeal.ephemeral()
    let start: Timestamp

    static func open(since start: Timestamp = noon, _ body: @Sendable (Shop) async throws -> Void) async throws {
        try await withDatabases(schema) { database in
            try await database.write { tx throws(Fault) in
                _ = try ensureFirstVersion(.standard(provider), in: tx, at: start)
                try ensureStandardCatalogue(in: tx, at: start, zone: shanghai)
            }
            try await body(Shop(database: database, start: start))
        }
    }

    @discardableResult
    func write<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        try await database.write(work)
    }

    func read<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        try await database.read(work)
    }

    /// A customer with a line without an order, whose agreement both have signed; `ordered` adds the order of the standard plan.
    func customer(_ digits: String = "60000001", ordered: Bool = false) async throws -> (id: CustomerID, line: LineID) {
        let (start, hash) = (start, try await Self.hash(digits))
        let registered = try await write { tx throws(Fault) in
            try registerCustomer(
                RegisterCustomerRequest(
                    name: try DisplayName("王秀英"), language: .chinese, number: PhoneNumber(trusted: digits), password: hash,
                    account: "account-\(digits)"),
                in: tx, at: start)
        }
        try await sign(registered.customer.id, at: start)
        if ordered {
            try await order(
                "standard-\(digits)", registered.customer.id,
                .changePlan(line: registered.line.id, plan: StandardCatalogue.standard, start: .now), at: start)
        }
        return (registered.customer.id, registered.line.id)
    }

    static func hash(_ digits: String) async throws(Fault) -> PasswordHash {
        let hasher = PasswordHasher(parameters: ScryptParameters(logN: 4, r: 8, p: 1))
        return try await hasher.hash(NewPassword("correct horse", signInName: digits))
    }

    /// The customer signs by a code.
    func signAsCustomer(_ customer: CustomerID, at now: Timestamp) async throws(Fault) {
        let (vault, seal) = (vault, seal)
        _ = try await write { tx throws(Fault) in
            let session = SessionID(trusted: "s")
            _ = try prepareAgreement(for: customer, party: wang, seal: seal, vault: vault, in: tx, at: now, zone: shanghai)
            let challenge = try beginSigning(customer, method: .code, session: session, in: tx, at: now)
            return try answer(challenge, of: customer, in: session, tx, at: now)
        }
    }

    /// Both sign.
    func sign(_ customer: CustomerID, at now: Timestamp) async throws(Fault) {
        try await signAsCustomer(customer, at: now)
        let seal = seal
        try await write { tx throws(Fault) in
            _ = try sealAgreement(of: customer, with: seal, in: tx, at: now)
        }
    }

    @discardableResult
    func order(
        _ id: String, _ customer: CustomerID, _ content: OrderContent, seen: String? = nil, at now: Timestamp
    ) async throws(Fault) -> Order {
        let (vault, seal) = (vault, seal)
        let request = ConfirmOrderRequest(id: OrderID(trusted: id), customer: customer, content: content, seen: seen)
        return try await write { tx throws(Fault) in
            try confirmOrder(request, vault: vault, seal: seal, in: tx, at: now, zone: shanghai)
        }
    }

    func preview(_ customer: CustomerID, _ content: OrderContent, at now: Timestamp) async throws(Fault) -> OrderPreview {
        try await read { tx throws(Fault) in try previewOrder(content, of: customer, in: tx, at: now, zone: shanghai) }
    }

    /// Publishes one price for a day.
    func publish(
        _ item: CatalogueItemID, monthly: Int64 = 0, oneOff: Int64 = 0, video: Int64? = nil, from day: BusinessDate,
        at now: Timestamp
    ) async throws(Fault) {
        let perSecond: [CallKind: Money]? = video.map { [.video: Money(micros: $0), .audio: Money(micros: $0 / 2)] }
        let change = PublishItemPricesRequest.Change(
            item: item, oneOff: Money(yuan: oneOff), monthly: Money(yuan: monthly), perSecond: perSecond)
        _ = try await write { tx throws(Fault) in
            let act = try StaffAct(staff: StaffID(trusted: "b1"), roles: [.billing], purpose: "new price list")
            return try publishItemPrices(
                PublishItemPricesRequest(changes: [change], effectiveFrom: day), by: act, in: tx, at: now, zone: shanghai)
        }
    }

    /// What a second of video costs a line.
    func videoPrice(_ line: LineID, at now: Timestamp) async throws(Fault) -> Int64 {
        try await read { tx throws(Fault) in
            try price(of: line, kind: .video, in: tx, at: now, zone: shanghai).perSecond.micros
        }
    }

    /// What a customer pays month by month, as `item yuan first…last` of the whole span.
    func rents(_ customer: CustomerID, in month: String, endingOn: BusinessDate? = nil) async throws(Fault) -> [String] {
        guard let month = BusinessMonth(month) else { return [] }
        return try await read { tx throws(Fault) in
            try recurringCharges(of: customer, in: month, endingOn: endingOn, in: tx, zone: shanghai).map { charge in
                "\(charge.item) \(charge.monthly.fen / 100) \(charge.from)…\(charge.until?.description ?? "")"
            }.sorted()
        }
    }

    func count(_ table: String) async throws(Fault) -> Int {
        try await read { tx throws(Fault) in try tx.query("SELECT 1 AS one FROM \(table)").count }
    }
}

let clerk: @Sendable () throws(Fault) -> StaffAct = { () throws(Fault) in
    try StaffAct(staff: StaffID(trusted: "c1"), roles: [.customerService], purpose: "order by telephone")
}

let provider = ProviderParty(
    name: "见面通信有限公司", legalRepresentative: "张三", address: "北京市海淀区中关村大街1号", phone: "010-60000000",
    uscc: "91110000600037341L", website: "https://jianmian.example")

let wang = ContractParty(
    kind: .person, name: "王秀英", address: "北京市朝阳区建国路88号", postcode: "100022", phone: "13800138000",
    idKind: Wording(zh: "居民身份证", en: "Resident identity card"), idNumber: "11010119491231002X")

/// The use case of this name, which a method of the same name would hide.
private func answer(
    _ challenge: SigningChallenge, of customer: CustomerID, in session: SessionID, _ tx: any Transaction, at now: Timestamp
) throws(Fault) -> SigningOutcome {
    try signAsCustomer(
        customer, answering: challenge.nonce, with: .code(challenge.code ?? ""), session: session, in: tx, at: now)
}
