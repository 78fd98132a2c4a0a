public import Basics
public import Customers
internal import Foundation
public import Storage

/// A customer that a search of staff has found. Nothing personal beyond the name that others see.
public struct FoundCustomer: Sendable, Equatable {
    /// The customer.
    public let customer: Customer
    /// Person or organisation; nil where no data were given yet.
    public let kind: PartyKind?
    /// Where the check of the identity stands.
    public let verification: VerificationState
    /// The numbers of the lines in service.
    public let numbers: [PhoneNumber]
}

/// One page of a search.
public struct FoundCustomers: Sendable, Equatable {
    /// At most `CustomersLimits.searchPage`, the most exact first.
    public let items: [FoundCustomer]
    /// Whether there is a next page.
    public let hasMore: Bool
}

/// Finds customers by what staff have in hand: the beginning of a name that others see, of an organisation's full name or of a number; a whole
/// legal name, ID number, credit code or phone (by blind index: those are nowhere in plain text). Pages count from 0.
public func searchCustomers(
    text: String, page: Int = 0, with vault: Vault, in tx: any Transaction
) throws(Fault) -> FoundCustomers {
    let text = String(text.prefix(CustomersLimits.searchCharacters)).trimmingCharacters(in: .whitespacesAndNewlines)
    guard !text.isEmpty, (0..<CustomersLimits.searchPages).contains(page) else {
        return FoundCustomers(items: [], hasMore: false)
    }
    let wanted = (page + 1) * CustomersLimits.searchPage + 1
    var ids: [CustomerID] = []
    var seen: Set<CustomerID> = []
    func take(_ found: [CustomerID]) {
        for id in found where seen.insert(id).inserted { ids.append(id) }
    }
    take(try customersWithExactly(text, limit: wanted, with: vault, in: tx))
    if let number = PhoneNumber(text) { take(try LineStore.customers(numberedFrom: number.digits, limit: wanted, in: tx)) }
    if ids.count < wanted { take(try customersNamed(text, limit: wanted, in: tx)) }
    let start = page * CustomersLimits.searchPage
    let shown = Array(ids.dropFirst(start).prefix(CustomersLimits.searchPage))
    let summaries = try customerSummaries(of: shown, in: tx)
    let numbers = try LineStore.numbers(of: shown, in: tx)
    let items = shown.compactMap { id in
        summaries[id].map {
            FoundCustomer(customer: $0.customer, kind: $0.kind, verification: $0.verification, numbers: numbers[id] ?? [])
        }
    }
    return FoundCustomers(items: items, hasMore: ids.count > start + CustomersLimits.searchPage)
}
