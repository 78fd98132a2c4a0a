import Access
import Agreement
import Basics
import Customers
import Foundation

/// A member of the staff at their desk: who they are, what they may do, and how they read.
struct ConsoleDesk: Sendable {
    let parts: WebParts
    let words: Words
    let language: Language
    let staff: StaffID
    let name: String
    let roles: Set<Role>
    let now: Timestamp

    var services: WebServices { parts.services }
    var zone: BusinessZone { services.zone }

    func may(_ permission: Permission) -> Bool { roles.contains { $0.permissions.contains(permission) } }

    /// Refuses what none of the roles may do.
    func require(_ permission: Permission) throws(Fault) {
        guard may(permission) else {
            throw Fault(.staffMayNot, "none of the roles may do \(permission.rawValue)", ["permission": permission.rawValue])
        }
    }

    func text(_ key: String, _ parameters: [String: String] = [:]) -> String { words.text(key, language, parameters) ?? key }

    /// The words of a value of some kind, such as a state; a value without words shows itself.
    func value(_ kind: String, _ value: String) -> String { words.text("console.value.\(kind).\(value)", language) ?? value }
}

extension ConsoleDesk {
    /// A day and a minute in the provider's zone.
    func moment(_ time: Timestamp) -> String {
        let clock = zone.clock(of: time)
        return "\(PlainWords.day(clock.date, language)) \(Self.padded(clock.hour)):\(Self.padded(clock.minute))"
    }

    /// How long something has been waiting, in the largest unit that fits.
    func wait(since: Timestamp) -> String {
        let minutes = max(0, now.milliseconds(since: since) / 60_000)
        if minutes < 60 { return text("console.wait.minutes", ["count": "\(minutes)"]) }
        if minutes < 48 * 60 { return text("console.wait.hours", ["count": "\(minutes / 60)"]) }
        return text("console.wait.days", ["count": "\(minutes / 1440)"])
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    // Cells in the reader's words.

    func cell(_ time: Timestamp?) -> ConsoleCell {
        guard let time else { return .empty }
        return ConsoleCell(moment(time), value: .integer(time.milliseconds), isFigure: true)
    }

    func cell(_ date: BusinessDate?) -> ConsoleCell {
        guard let date else { return .empty }
        return ConsoleCell(PlainWords.day(date, language), value: .text(date.description), isFigure: true)
    }

    func cell(_ money: Money) -> ConsoleCell {
        ConsoleCell(money.formatted, value: .integer(money.micros), isFigure: true)
    }

    func cell(_ count: Int) -> ConsoleCell { ConsoleCell("\(count)", value: .integer(Int64(count)), isFigure: true) }

    /// A state as a badge.
    func badge(_ kind: String, _ value: String, _ tone: ConsoleCell.Tone = .plain) -> ConsoleCell {
        ConsoleCell(self.value(kind, value), value: .text(value), tone: tone)
    }

    /// A deadline; what has passed is told in words and colour.
    func deadline(_ time: Timestamp?) -> ConsoleCell {
        guard let time else { return .empty }
        guard time <= now else { return cell(time) }
        let words = text("console.overdue", ["moment": moment(time)])
        return ConsoleCell(words, value: .integer(time.milliseconds), tone: .bad, isFigure: true)
    }
}

extension ConsoleDesk {
    /// A customer's name that leads to their page, where this person may see it.
    func link(to customer: CustomerID, named name: String) -> ConsoleCell {
        ConsoleCell(
            name, value: .object(["id": .text(customer.rawValue), "name": .text(name)]),
            link: may(.viewCustomers) ? "/console/customers/\(customer)" : nil)
    }

    /// The words of the reader's language.
    func words(of wording: Wording) -> String { language == .chinese ? wording.zh : wording.en }
}
