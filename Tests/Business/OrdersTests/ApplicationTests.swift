import Access
import Agreement
import Basics
import Customers
import Lines
import Orders
import Storage
import StorageTestSupport
import Testing

@Suite("Applications, on both engines")
struct ApplicationTests {
    let number = PhoneNumber(trusted: "60000001")

    /// The conditions come in any order; the line opens with the last one and once.
    @Test(arguments: [["order", "data", "sign", "seal", "check"], ["data", "check", "order", "sign", "seal"]])
    func theLineOpensWithTheLastCondition(steps: [String]) async throws {
        try await Shop.open { shop in
            let customer = try await begin(shop)
            #expect(try await missing(customer, shop) == [.data, .order, .signature, .seal])
            for step in steps.dropLast() {
                try await take(step, customer, shop)
                guard case .waiting(let missing) = try await activate(customer, shop) else {
                    throw Fault(.schema, "open too early")
                }
                #expect(!missing.isEmpty, "\(step)")
                #expect(try await shop.read { tx throws(Fault) in try lines(of: customer, in: tx) }.isEmpty)
            }
            try await take(steps[4], customer, shop)
            guard case .open(let line, "account-1", true) = try await activate(customer, shop) else {
                throw Fault(.schema, "the line is not open")
            }
            #expect(try await activate(customer, shop) == .open(line, account: "account-1", isNew: false))
            #expect(line.number == number)
            #expect(try await missing(customer, shop) == [])
            try await shop.read { tx throws(Fault) in
                let order = try Orders.order(OrderID(trusted: "o1"), of: customer, in: tx)
                #expect(order.state == .completed)
                #expect(order.items.map(\.line) == [line.id, line.id])
                #expect(try planOrder(of: line.id, in: tx, at: noon) == order.id)
            }
            #expect(try await shop.videoPrice(line.id, at: noon) == 3_000)
            #expect(
                try await shop.rents(customer, in: "2026-09") == ["family 29 2026-09-21…", "missed-call-messages 5 2026-09-21…"])
        }
    }

    /// The limit is chosen with the first line: it stands in the signed document and, asked for again with another limit, the order is refused.
    @Test func theCreditLimitStandsInTheOrder() async throws {
        try await Shop.open { shop in
            let customer = try await begin(shop)
            let (vault, seal) = (shop.vault, shop.seal)
            let ask: @Sendable (Int64) async throws(Fault) -> Order = { yuan throws(Fault) in
                let request = ConfirmOrderRequest(
                    id: OrderID(trusted: "o1"), customer: customer,
                    content: .openLine(number: number, plan: StandardCatalogue.family, extras: []),
                    creditLimit: Money(yuan: yuan))
                return try await shop.write { tx throws(Fault) in
                    try confirmOrder(request, vault: vault, seal: seal, in: tx, at: noon, zone: shanghai)
                }
            }
            let order = try await ask(80)
            #expect(order.creditLimit == Money(yuan: 80))
            #expect(try await ask(80) == order)
            await #expect(throws: Fault(.orderDiffers, "")) { try await ask(90) }
            let html = try await shop.read { tx throws(Fault) in try storedDocument(order.document, vault: vault, in: tx).html }
            #expect(html.contains("信用额（元/月）") && html.contains("<td>80.00</td>"))
        }
    }

    @Test func anOrderIsTakenBackAndAnotherOneMadeBeforeTheLineOpens() async throws {
        try await Shop.open { shop in
            let customer = try await begin(shop)
            let other = PhoneNumber(trusted: "60000002")
            await #expect(throws: Fault(.applicationNumber, "")) {
                try await shop.order(
                    "o0", customer, .openLine(number: other, plan: StandardCatalogue.family, extras: []), at: noon)
            }
            try await take("order", customer, shop)
            await #expect(throws: Fault(.applicationOrdered, "")) {
                try await shop.order(
                    "o2", customer, .openLine(number: number, plan: StandardCatalogue.standard, extras: []), at: noon)
            }
            try await shop.write { tx throws(Fault) in
                try cancelOrder(OrderID(trusted: "o1"), of: customer, in: tx, at: noon, zone: shanghai)
            }
            #expect(try await missing(customer, shop) == [.data, .order, .signature, .seal])
            let second = try await shop.order(
                "o2", customer, .openLine(number: number, plan: StandardCatalogue.standard, extras: []), at: noon)
            #expect(second.state == .pending)
        }
    }

    /// Begun on 21 September: the number is kept to the end of 21 October, 16:00 UTC, and is free in the next millisecond.
    @Test func anApplicationLapsesAfterThirtyDays() async throws {
        try await Shop.open { shop in
            let customer = try await begin(shop)
            try await take("order", customer, shop)
            let free = at("2026-10-21T16:00:00Z")
            let lapse: @Sendable (Timestamp) async throws -> Int = { now in
                try await shop.write { tx throws(Fault) in try lapseApplications(in: tx, at: now, zone: shanghai) }
            }
            #expect(try await lapse(free.adding(milliseconds: -1)) == 0)
            await #expect(throws: Fault(.numberTaken, "")) { try await begin(shop, at: free.adding(milliseconds: -1)) }
            #expect(try await lapse(free) == 1)
            #expect(try await lapse(free) == 0)
            try await shop.read { tx throws(Fault) in
                #expect(try application(of: customer, in: tx)?.state == .lapsed)
                #expect(try Orders.order(OrderID(trusted: "o1"), of: customer, in: tx).state == .cancelled)
            }
            await #expect(throws: Fault(.unknownApplication, "")) { try await activate(customer, shop) }
            _ = try await begin(shop, at: free)
        }
    }

    /// Without a daily close in between, the next one who wants the number ends the old application.
    @Test func aLateCloseDoesNotKeepANumber() async throws {
        try await Shop.open { shop in
            let first = try await begin(shop)
            let second = try await begin(shop, at: at("2026-10-21T16:00:00Z"))
            #expect(first != second)
            #expect(try await shop.read { tx throws(Fault) in try application(of: first, in: tx)?.state } == .lapsed)
        }
    }

    @Test func nobodyLosesTheirNumberBecauseTheProviderIsSlow() async throws {
        try await Shop.open { shop in
            let customer = try await begin(shop)
            for step in ["order", "data", "sign"] { try await take(step, customer, shop) }
            let near = at("2026-10-20T16:00:00Z")
            try await shop.write { tx throws(Fault) in
                #expect(try lapseApplications(in: tx, at: near, zone: shanghai) == 1)
            }
            await #expect(throws: Fault(.numberTaken, "")) { try await begin(shop, at: at("2026-10-22T16:00:00Z")) }
            #expect(
                try await shop.read { tx throws(Fault) in try application(of: customer, in: tx)?.lastDay } == day("2026-11-20"))
        }
    }

    @Test func aChangedNumberIsTheNewSignInName() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer()
            let new = PhoneNumber(trusted: "60000005")
            let order = try await shop.order("o1", customer, .changeNumber(line: line, number: new), at: noon)
            #expect(order.state == .completed)
            #expect(order.oneOff == Money(yuan: 10))
            try await shop.read { tx throws(Fault) in
                for id in try principals(of: customer, in: tx) { #expect(try principal(id, in: tx).signInName == "60000005") }
                #expect(try lines(of: customer, in: tx).map(\.number) == [new])
                #expect(
                    try oneOffCharges(of: customer, in: day("2026-09-21")...day("2026-09-21"), in: tx).map(\.amount) == [
                        Money(yuan: 10)
                    ])
            }
            // A second line of the same customer is on the same account.
            let opened = try await shop.order(
                "o2", customer,
                .openLine(number: PhoneNumber(trusted: "60000006"), plan: StandardCatalogue.extraLine, extras: []), at: noon)
            #expect(opened.state == .completed)
            let accounts = try await shop.read { tx throws(Fault) in try lines(of: customer, in: tx).map(\.account) }
            #expect(accounts == ["account-60000001", "account-60000001"])
        }
    }

    private func begin(_ shop: Shop, at now: Timestamp = noon) async throws(Fault) -> CustomerID {
        let hash = try await Shop.hash("60000001")
        let request = BeginApplicationRequest(
            name: try DisplayName("王秀英"), language: .chinese, number: number, password: hash, party: .person, account: "account-1"
        )
        return try await shop.write { tx throws(Fault) in try beginApplication(request, in: tx, at: now, zone: shanghai).customer
        }
    }

    private func take(_ step: String, _ customer: CustomerID, _ shop: Shop) async throws {
        let (vault, seal) = (shop.vault, shop.seal)
        switch step {
        case "order":
            let content = OrderContent.openLine(
                number: number, plan: StandardCatalogue.family, extras: [StandardCatalogue.missedCallMessages])
            #expect(try await shop.order("o1", customer, content, at: noon).state == .pending)
        case "data":
            let form = PersonForm(
                legalName: "王秀英", birthDate: "1991-01-01", address: "北京市海淀区颐和园路5号", postcode: "100871",
                idNumber: "360426199101010071", phone: "13800138000")
            let identity = try checkPerson(form, on: shanghai.date(of: noon)).get()
            try await shop.write { tx throws(Fault) in
                try submitIdentity(
                    SubmitIdentityRequest(customer: customer, identity: .person(identity), consents: [.identityCheck]),
                    with: vault,
                    in: tx, at: noon, zone: shanghai)
            }
        case "check":
            try await shop.write { tx throws(Fault) in
                guard let waiting = try verification(of: customer, in: tx) else { throw Fault(.unknownVerification, "") }
                return try verifyIdentity(waiting.id, version: waiting.version, by: clerk(), in: tx, at: noon)
            }
        case "sign": try await shop.signAsCustomer(customer, at: noon)
        default: try await shop.write { tx throws(Fault) in try sealAgreement(of: customer, with: seal, in: tx, at: noon) }
        }
    }

    private func activate(_ customer: CustomerID, _ shop: Shop) async throws(Fault) -> Activation {
        try await shop.write { tx throws(Fault) in try opened(customer, tx) }
    }

    private func missing(_ customer: CustomerID, _ shop: Shop) async throws(Fault) -> [ApplicationStep] {
        try await shop.read { tx throws(Fault) in try applicationProgress(of: customer, in: tx).missing }
    }
}

/// The use case of this name, which a method of the same name would hide.
private func opened(_ customer: CustomerID, _ tx: any Transaction) throws(Fault) -> Activation {
    try activate(customer, in: tx, at: noon, zone: shanghai)
}
