import Access
import Basics
import Customers
import Lines
import Orders
import Storage
import StorageTestSupport
import Testing

@Suite("Sixty-four at once, on both engines")
struct RaceTests {
    /// Sixty-four applications for one number: one has it, nothing is left of the others.
    @Test func oneNumberGoesToOneApplication() async throws {
        try await Shop.open { shop in
            let hash = try await Shop.hash("60007777")
            let outcomes = await fight { index throws(Fault) in
                let request = BeginApplicationRequest(
                    name: try DisplayName("人\(index)"), language: .chinese, number: PhoneNumber(trusted: "60007777"),
                    password: hash,
                    party: .person, account: "account-\(index)")
                return try await shop.write { tx throws(Fault) in
                    try beginApplication(request, in: tx, at: noon, zone: shanghai).customer.rawValue
                }
            }
            #expect(outcomes.won.count == 1)
            #expect(outcomes.lost == [Fault.Code](repeating: .numberTaken, count: 63))
            for table in ["orders_applications", "customers_customers", "access_principals"] {
                #expect(try await shop.count(table) == 1, "\(table)")
            }
        }
    }

    /// Sixty-four orders of four customers change to one number at once: one has it, one order is there, number 1.
    @Test func oneNumberGoesToOneOrder() async throws {
        try await Shop.open { shop in
            var customers: [(id: CustomerID, line: LineID)] = []
            for digits in ["60000001", "60000002", "60000003", "60000004"] { customers.append(try await shop.customer(digits)) }
            let all = customers
            let outcomes = await fight { index throws(Fault) in
                let (customer, line) = all[index % 4]
                let content = OrderContent.changeNumber(line: line, number: PhoneNumber(trusted: "60007777"))
                return try await shop.order("o\(index)", customer, content, at: noon).number
            }
            // Whoever has the number may ask for it again and pays nothing for it: those fifteen orders change nothing.
            #expect(outcomes.lost.allSatisfy { $0 == .numberTaken })
            #expect(outcomes.lost.count == 48)
            let holders = try await shop.read { tx throws(Fault) in
                try all.map { entry throws(Fault) in try line(entry.line, in: tx).number.digits }
            }
            #expect(holders.count { $0 == "60007777" } == 1)
            #expect(Set(outcomes.won).sorted() == (1...16).map { "DD-2026-0000" + ($0 < 10 ? "0\($0)" : "\($0)") })
        }
    }

    /// The same order is sent sixty-four times at once: it is one order, and everybody gets it.
    @Test func oneOrderSentOftenIsOneOrder() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer()
            let content = OrderContent.addAddOn(line: line, addOn: StandardCatalogue.missedCallMessages)
            let outcomes = await fight { _ throws(Fault) in try await shop.order("o1", customer, content, at: noon).number }
            #expect(outcomes.won == [String](repeating: "DD-2026-000001", count: 64))
            #expect(try await shop.count("orders_orders") == 1)
            #expect(try await shop.count("orders_order_items") == 1)
        }
    }

    private func fight(
        _ work: @escaping @Sendable (Int) async throws(Fault) -> String
    ) async -> (won: [String], lost: [Fault.Code]) {
        await withTaskGroup(of: Result<String, Fault>.self) { group in
            for index in 0..<64 {
                group.addTask {
                    do throws(Fault) { return .success(try await work(index)) } catch { return .failure(error) }
                }
            }
            return await group.reduce(into: (won: [], lost: [])) { sum, outcome in
                switch outcome {
                case .success(let text): sum.won.append(text)
                case .failure(let fault): sum.lost.append(fault.code)
                }
            }
        }
    }
}
