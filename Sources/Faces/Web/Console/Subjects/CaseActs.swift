import Access
import Basics
import Customers

/// The case file for the arbitration commission (clause 16).
enum CaseActs {
    static let all = [export]

    /// Says where the file is made; making it there is what the journal keeps, with the purpose.
    static let export = ConsoleAct(
        key: "customers.case", permission: .exportCases, path: "customers/{id}/case",
        perform: { desk, _, values in
            let id: CustomerID = try values.identifier()
            let name = "case-\(id)-\(desk.zone.date(of: desk.now)).zip"
            return ["evidence": .object(["address": .text("customers/\(id)/case/bytes"), "name": .text(name)])]
        })
}
