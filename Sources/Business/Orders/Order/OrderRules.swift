internal import Basics

/// Which way an order may go from where it stands.
func mayGo(from state: OrderState, to next: OrderState) -> Bool {
    switch (state, next) {
    case (.acknowledged, .pending), (.acknowledged, .inProgress), (.acknowledged, .completed): true
    case (.pending, .inProgress), (.pending, .completed), (.inProgress, .completed): true
    case (.acknowledged, .held), (.pending, .held), (.inProgress, .held): true
    case (.held, .pending), (.held, .inProgress): true
    case (.acknowledged, .cancelled), (.pending, .cancelled), (.held, .cancelled), (.inProgress, .cancelled): true
    case (.acknowledged, .rejected), (.pending, .rejected), (.held, .rejected): true
    case (.acknowledged, .failed), (.pending, .failed), (.held, .failed), (.inProgress, .failed): true
    default: false
    }
}

/// Which kinds of items an order may name: the main item's, and those beside it.
func allowedItems(_ kind: OrderContent.Kind) -> (main: Set<CatalogueItem.Kind>, beside: Set<CatalogueItem.Kind>) {
    switch kind {
    case .openLine: ([.plan], [.addOn, .terminalSale, .terminalRent, .service])
    case .changePlan: ([.plan], [])
    case .addTerminal: ([.terminalSale, .terminalRent], [.service])
    case .addAddOn, .removeAddOn: ([.addOn], [])
    case .changeCreditLimit, .changeNumber, .end: ([], [])
    }
}

/// Whether an item begins with the order or waits for somebody to deliver it.
func isDelivered(_ kind: CatalogueItem.Kind) -> Bool {
    switch kind {
    case .terminalSale, .terminalRent, .service: true
    case .plan, .addOn: false
    }
}

/// `DD-2026-000001`.
func orderNumber(_ count: Int64, year: Int) -> String {
    let digits = String(count)
    return "DD-\(year)-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits)"
}
