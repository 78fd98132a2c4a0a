import Access
import Agreement
import Basics
import Customers
import Lines
import Orders
import Storage
import StorageTestSupport
import Testing

extension OrderSearch {
    /// What waits for staff.
    static let waiting: OrderSearch = {
        var search = OrderSearch()
        search.waitsForStaff = true
        return search
    }()
}

@Suite("What staff find among orders, on both engines")
struct SearchTests {
    /// Five orders a minute apart: a limit and a plan, done at once; a terminal that waits, one that is held, one that is refused.
    private func fill(_ shop: Shop) async throws -> [Order] {
        let (customer, line) = try await shop.customer()
        let terminal = OrderContent.addTerminal(line: line, terminal: StandardCatalogue.terminalSale, services: [])
        let contents: [OrderContent] = [
            .changeCreditLimit(account: "account-60000001", limit: Money(yuan: 500)), terminal,
            .changePlan(line: line, plan: StandardCatalogue.family, start: .now), terminal, terminal,
        ]
        var orders: [Order] = []
        for (number, content) in contents.enumerated() {
            orders.append(try await shop.order("o\(number)", customer, content, at: noon.adding(seconds: Int64(60 * number))))
        }
        try await shop.advance(orders[3], .held, "out of stock", at: noon.adding(seconds: 600))
        try await shop.advance(orders[4], .rejected, "not sold any more", at: noon.adding(seconds: 700))
        return try await shop.read { tx throws(Fault) in try Orders.orders(of: customer, in: tx) }.reversed()
    }

    @Test func ordersComeWithTheirItemsAndRatesOldestFirst() async throws {
        try await Shop.open { shop in
            let orders = try await fill(shop)
            let found = try await shop.search(OrderSearch())
            #expect(found.total == 5 && found.orders == orders)
            // The items of one do not stand with another.
            #expect(found.orders[2].perSecond[.video] == Money(micros: 3_000))
            #expect(found.orders.map { $0.items.count } == [0, 1, 1, 1, 1])
        }
    }

    @Test func whatWaitsIsWhatTheOrderItselfSays() async throws {
        try await Shop.open { shop in
            let orders = try await fill(shop)
            let found = try await shop.search(.waiting)
            #expect(found.orders == orders.filter(\.waitsForStaff))
            #expect(found.orders.map(\.id.rawValue) == ["o1", "o3"])
        }
    }

    @Test func theListIsNarrowedAndSorted() async throws {
        try await Shop.open { shop in
            let orders = try await fill(shop)
            var search = OrderSearch()
            search.kind = .addTerminal
            search.isDescending = true
            #expect(try await shop.search(search).orders.map(\.id.rawValue) == ["o4", "o3", "o1"])
            search.state = .held
            #expect(try await shop.search(search).orders.map(\.id.rawValue) == ["o3"])
            search = OrderSearch()
            search.column = .stateAt
            #expect(try await shop.search(search).orders.map(\.id.rawValue) == ["o0", "o1", "o2", "o3", "o4"])
            search.column = .number
            search.isDescending = true
            #expect(try await shop.search(search).orders == orders.reversed())
        }
    }

    /// 王秀英 is everybody's name in the shop. Signs that mean something to a database mean themselves.
    @Test(arguments: [
        ("DD-", 5), ("dd-2026-000003", 1), ("王秀", 5), ("李", 0), ("%", 0), ("_", 0), ("' OR 1=1 --", 0), ("2026", 0),
    ])
    func aNumberOrANameIsFoundByItsBeginning(_ text: String, _ count: Int) async throws {
        try await Shop.open { shop in
            _ = try await fill(shop)
            var search = OrderSearch()
            search.text = text
            let found = try await shop.search(search)
            #expect(found.orders.count == count && found.total == count)
        }
    }

    /// 120 orders of a limit on pages of fifty; whatever page is asked for beyond the last is the last.
    @Test func pagesAreWholeAndEnd() async throws {
        try await Shop.open { shop in
            let (customer, _) = try await shop.customer()
            for number in 0..<120 {
                let limit = OrderContent.changeCreditLimit(account: "account-60000001", limit: Money(yuan: Int64(100 + number)))
                _ = try await shop.order("o\(number)", customer, limit, at: noon.adding(seconds: Int64(number)))
            }
            var ids: [String] = []
            for page in 1...3 {
                let found = try await shop.search(OrderSearch(), page: page)
                #expect(found.total == 120)
                ids += found.orders.map(\.id.rawValue)
            }
            #expect(ids == (0..<120).map { "o\($0)" })
            let beyond = try await shop.search(OrderSearch(), page: .max)
            #expect(beyond.orders.map(\.id.rawValue) == (100..<120).map { "o\($0)" })
            #expect(try await shop.search(OrderSearch(), page: -1).orders.first?.id.rawValue == "o0")
        }
    }
}

extension Shop {
    fileprivate func search(_ search: OrderSearch, page: Int = 1) async throws(Fault) -> FoundOrders {
        try await read { tx throws(Fault) in try searchOrders(search, page: page, in: tx) }
    }

    fileprivate func advance(_ order: Order, _ state: OrderState, _ reason: String, at now: Timestamp) async throws {
        let act = try StaffAct(staff: StaffID(trusted: "kefu"), roles: [.customerService], purpose: "stock")
        try await write { tx throws(Fault) in try advanceOrder(order.id, to: state, because: reason, by: act, in: tx, at: now) }
    }
}
