import Basics
import Customers
import Storage

/// The names of all customers of a list: a statement for each page of them, not one for each row.
func customerNames(of customers: [CustomerID], in tx: any Transaction) throws(Fault) -> [CustomerID: String] {
    let all = Array(Set(customers))
    var names: [CustomerID: String] = [:]
    for start in stride(from: 0, to: all.count, by: CustomersLimits.searchPage) {
        let page = Array(all[start..<min(start + CustomersLimits.searchPage, all.count)])
        for (id, found) in try customerSummaries(of: page, in: tx) { names[id] = found.customer.name.text }
    }
    return names
}
