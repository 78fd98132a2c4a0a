import Basics
import Customers
import Lines
import Orders
import Storage

/// An order as a page or a program asks for it, read from JSON.
struct AskedOrder: Sendable {
    let id: OrderID
    let kind: OrderContent.Kind
    let plan: CatalogueItemID?
    let terminal: CatalogueItemID?
    let addOns: [CatalogueItemID]
    let addOn: CatalogueItemID?
    let start: PlanStart
    let number: PhoneNumber?
    let creditLimit: Money?
    /// The mark of the preview that was seen.
    let seen: String?

    init(_ body: inout JSONReader, seen wantsSeen: Bool) throws(Fault) {
        id = try body.identifier("id")
        guard let kind = OrderContent.Kind(rawValue: try body.text("kind", atMost: 32)), kind != .end else {
            throw Fault.field("kind", "is not something that can be ordered here")
        }
        self.kind = kind
        plan = try body.optionalIdentifier("plan")
        terminal = try body.optionalIdentifier("terminal")
        var addOns: [CatalogueItemID] = []
        for text in try body.optionalTexts("addOns", atMost: OrdersLimits.orderItems) {
            guard let item = CatalogueItemID(text) else { throw Fault.field("addOns", "has something that is not an id") }
            addOns.append(item)
        }
        self.addOns = addOns
        addOn = try body.optionalIdentifier("addOn")
        guard let start = PlanStart(rawValue: try body.optionalText("when", atMost: 16) ?? PlanStart.now.rawValue) else {
            throw Fault.field("when", "is neither now nor nextMonth")
        }
        self.start = start
        number = try body.optionalText("number", atMost: 128).map(parseNumber)
        creditLimit = try body.optionalInteger("creditLimit").map { Money(micros: $0) }
        seen = try body.optionalText("seen", atMost: WebLimits.wordsBytes)
        guard !wantsSeen || seen != nil else { throw Fault.field("seen", "is missing: ask for a preview first") }
        try body.finish()
    }

    /// The limit that goes with a first line.
    var newcomersLimit: Money? { kind == .openLine ? creditLimit : nil }

    /// What is ordered, of the customer who asks.
    func content(for holder: Holder, in tx: any Transaction) throws(Fault) -> OrderContent {
        switch kind {
        case .openLine:
            guard let application = try Orders.application(of: holder.customer.id, in: tx) else {
                throw Fault(.unknownApplication, "the customer has no application")
            }
            return .openLine(
                number: application.number, plan: try needed("plan", plan), extras: (terminal.map { [$0] } ?? []) + addOns)
        case .changePlan: return .changePlan(line: try line(holder), plan: try needed("plan", plan), start: start)
        case .addTerminal:
            return .addTerminal(line: try line(holder), terminal: try needed("terminal", terminal), services: [])
        case .addAddOn: return .addAddOn(line: try line(holder), addOn: try needed("addOn", addOn))
        case .removeAddOn: return .removeAddOn(line: try line(holder), addOn: try needed("addOn", addOn))
        case .changeNumber: return .changeNumber(line: try line(holder), number: try needed("number", number))
        case .changeCreditLimit:
            guard let line = holder.line else { throw Fault(.unknownLine, "the customer has no line in service") }
            return .changeCreditLimit(account: line.account, limit: try needed("creditLimit", creditLimit))
        case .end: throw Fault.field("kind", "is asked for on its own page")
        }
    }

    private func line(_ holder: Holder) throws(Fault) -> LineID {
        guard let line = holder.line else { throw Fault(.unknownLine, "the customer has no line in service") }
        return line.id
    }

    private func needed<T>(_ field: String, _ value: T?) throws(Fault) -> T {
        guard let value else { throw Fault.field(field, "is missing") }
        return value
    }
}
