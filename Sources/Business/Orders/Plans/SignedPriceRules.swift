package import Agreement
package import Basics

/// The days on which the price of a signed order gives way to the list of that day, in order.
///
/// - Parameters:
///   - versions: the numbers of the versions of the agreement that move the price.
///   - orderedOn: the day of the order; what bound the customer by then is in its price already.
///   - windows: the customer's windows as they stand on the day asked about.
package func priceMoves(versions: [Int], orderedOn: BusinessDate, windows: [ChangeWindow]) -> [BusinessDate] {
    let days = versions.compactMap { version in
        // A version that was passed over binds with the later one that passed it.
        windows.filter { $0.number >= version }.compactMap { window -> BusinessDate? in
            guard case .binding(let since, _) = window.state else { return nil }
            return since
        }.min()
    }
    return Set(days).filter { $0 > orderedOn }.sorted()
}
