import Access
import Basics
import Billing
import Charging
import Customers
import Foundation
import Orders
import Storage

extension ConsoleDesk {
    /// Today in the provider's zone.
    var today: BusinessDate { zone.date(of: now) }

    /// A month: 2026年12月 or Dec 2026.
    func words(of month: BusinessMonth) -> String {
        guard language == .english else {
            return text("console.money.month", ["year": "\(month.year)", "month": "\(month.monthOfYear)"])
        }
        return PlainWords.day(month.first, language).split(separator: " ").dropFirst().joined(separator: " ")
    }

    func cell(_ month: BusinessMonth, link: String? = nil) -> ConsoleCell {
        ConsoleCell(words(of: month), value: .text(month.description), link: link, isFigure: true)
    }

    /// The name of an account's owner, leading to the account.
    func cell(_ account: AccountID, of customer: CustomerID, in tx: any Transaction) throws(Fault) -> ConsoleCell {
        let name = try Customers.customer(customer, in: tx).name.text
        let value = JSONValue.object([
            "account": .text(account.rawValue), "customer": .text(customer.rawValue), "name": .text(name),
        ])
        return ConsoleCell(name, value: value, link: may(.viewAccounts) ? "/console/accounts/\(account)" : nil)
    }

    /// Whose account it is.
    func owner(of account: AccountID, in tx: any Transaction) throws(Fault) -> ConsoleCell {
        try cell(account, of: try accountOwner(account, in: tx), in: tx)
    }

    func badge(_ step: LadderStep) -> ConsoleCell { badge("step", step.rawValue, step.tone) }

    /// An amount that is late stands in the colour of trouble.
    func overdue(_ amount: Money) -> ConsoleCell {
        var cell = cell(amount)
        if amount > .zero { cell.tone = .bad }
        return cell
    }

    /// The next step with its day.
    func next(_ position: LadderPosition) -> ConsoleCell {
        guard let next = position.next else { return .empty }
        let words = text(
            "console.money.next", ["step": value("nextStep", next.step.rawValue), "day": PlainWords.day(next.on, language)])
        return ConsoleCell(
            words, value: .object(["step": .text(next.step.rawValue), "on": .text(next.on.description)]))
    }

    /// The words of a line of an invoice.
    func words(of line: InvoiceLine) -> String {
        if let name = line.name { return language == .chinese ? name.chinese : name.english }
        return words(ofRevenue: line.subject.name)
    }

    /// What revenue is for; a kind without words of its own shows its code.
    func words(ofRevenue code: String) -> String { value("revenue", code.replacingOccurrences(of: ":", with: "-")) }
}

extension LadderStep {
    var tone: ConsoleCell.Tone {
        switch self {
        case .inTime: .good
        case .overdue: .warn
        case .suspended: .bad
        case .terminated: .plain
        }
    }
}

extension InvoiceLine.Subject {
    /// As the books name it, such as `usage:video`.
    var name: String {
        switch self {
        case .usage(let kind): "usage:\(kind.rawValue)"
        case .charge(let kind): kind.rawValue
        }
    }
}
