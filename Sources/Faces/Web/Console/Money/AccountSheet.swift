import Access
import Basics
import Billing
import Charging
import Customers
import Lines
import Notices
import Storage

/// All the money of one account on one page: what is owed today and why, and everything that led there.
struct AccountSheet {
    let desk: ConsoleDesk
    let listed: ListedAccount
    private var account: AccountID { listed.account }
    private var owed: Owed { listed.owed }

    func sheet(in tx: any Transaction) throws(Fault) -> ConsoleSheet {
        let name = try customer(listed.customer, in: tx).name.text
        let papers = try invoices(of: account, limit: 24, in: tx)
        let numbers = Dictionary(papers.map { ($0.id, $0.number) }) { first, _ in first }
        let history = try accountHistory(of: account, in: tx)
        var sections = [try why(in: tx), invoicesSection(papers), try nextInvoice(in: tx), try paymentsSection(in: tx)]
        sections.append(try historySection(history, numbers, in: tx))
        sections.append(try disputesSection(numbers, in: tx))
        sections.append(try desk.holdsSection(lines(chargedTo: account.rawValue, in: tx), in: tx))
        sections.append(try noticesSection(numbers, in: tx))
        if desk.may(.viewBooks) { sections.append(try ledgerSection(in: tx)) }
        sections.append(try desk.timeline(of: ["account:\(account)"], in: tx))
        return ConsoleSheet(
            title: name, lead: lead, badge: desk.badge(owed.position.step), acts: acts(name, history), sections: sections)
    }

    /// The first line says what is owed and since when.
    private var lead: String {
        if let since = owed.standing.overdueSince {
            return desk.text(
                "console.accounts.overdue",
                [
                    "owed": owed.total.formatted, "overdue": owed.standing.overdue.formatted,
                    "days": "\(owed.standing.on.days(since: since))",
                ])
        }
        if owed.total > .zero { return desk.text("console.accounts.owes", ["owed": owed.total.formatted]) }
        return desk.text("console.accounts.nothing")
    }

    private func acts(_ name: String, _ history: [AccountEvent]) -> [ConsoleOffer] {
        let (id, parameters) = (account.rawValue, ["name": name])
        func offer(_ act: ConsoleAct, prefill: [String: String] = [:], part: String? = nil) -> ConsoleOffer {
            ConsoleOffer(act, id: id, part: part, prefill: prefill, parameters: parameters)
        }
        let today = desk.today.description
        var offers = [
            offer(AccountActs.pay, prefill: ["amount": plain(owed.total), "method": "bank", "on": today]),
            offer(AccountActs.costs), offer(AccountActs.credit), offer(AccountActs.still, prefill: ["from": today]),
        ]
        if owed.deposit > .zero { offers.insert(offer(AccountActs.refund, prefill: ["amount": plain(owed.deposit)]), at: 1) }
        // Still days that go on are ended here; there is one of them at a time in practice.
        if let open = history.first(where: { $0.kind == .stillDays && $0.through == nil }) {
            offers.append(offer(AccountActs.endStill, prefill: ["through": today], part: open.id))
        }
        return offers
    }

    /// An amount as somebody would type it; nothing where nothing is owed.
    private func plain(_ amount: Money) -> String {
        amount > .zero ? String(amount.formatted.filter { $0.isNumber || $0 == "." }) : ""
    }

    private func why(in tx: any Transaction) throws(Fault) -> ConsoleSection {
        let summary = try accountSummary(account, in: tx, at: desk.now, zone: desk.zone)
        let customer = try customer(listed.customer, in: tx)
        var nextFacts: [ConsoleSection.Fact] = [
            .init("step", desk.badge(owed.position.step)), .init("stepSince", desk.cell(owed.position.since)),
        ]
        if owed.position.next != nil { nextFacts.append(.init("nextStep", desk.next(owed.position))) }
        return ConsoleSection(
            key: "owed",
            facts: [
                .init("customer", desk.link(to: customer.id, named: customer.name.text)),
                .init("owed", desk.cell(owed.total)), .init("principal", desk.cell(owed.principal)),
                .init("overdue", desk.overdue(owed.standing.overdue)), .init("penalty", desk.cell(owed.penalty)),
                .init("costs", desk.cell(owed.standing.costs)), .init("held", desk.cell(owed.standing.held)),
                .init("deposit", desk.cell(owed.deposit)), .init("unbilled", desk.cell(owed.unbilled)),
                .init("creditLimit", desk.cell(summary.creditLimit)), .init("usedThisMonth", desk.cell(summary.used)),
                .init("availableThisMonth", desk.cell(summary.available)),
            ] + nextFacts)
    }

    private func invoicesSection(_ papers: [Invoice]) -> ConsoleSection {
        let standings = Dictionary(owed.standing.claims.map { ($0.claim, $0) }) { first, _ in first }
        let rows = papers.map { paper in
            let claim = standings[paper.id]
            let unpaid = (claim?.principal ?? .zero) + (claim?.held ?? .zero)
            let isLate = claim.map { $0.principal != .zero && $0.due < owed.standing.on } ?? false
            return ConsoleRow(
                id: paper.id.rawValue, link: "/console/invoices/\(paper.id)",
                cells: [
                    ConsoleCell(paper.number, isFigure: true), desk.cell(paper.month), desk.cell(claim?.due ?? paper.due),
                    desk.cell(paper.total), isLate ? desk.overdue(unpaid) : desk.cell(unpaid),
                    desk.cell(claim?.penalty ?? .zero), desk.cell(claim?.held ?? .zero),
                ])
        }
        return ConsoleSection(
            key: "invoices",
            table: .init(columns: ["invoice", "month", "dueOn", "amount", "unpaid", "penalty", "held"], rows: rows))
    }

    /// What the next invoice would be as things stand: of the month that is over, where it is not invoiced yet, else of this month.
    private func nextInvoice(in tx: any Transaction) throws(Fault) -> ConsoleSection {
        var section = ConsoleSection(key: "nextInvoice")
        var (month, draft): (BusinessMonth, Invoice?) = (desk.today.month.previous, nil)
        do throws(Fault) {
            draft = try previewInvoice(of: account, month: month, in: tx, at: desk.now, zone: desk.zone)
            if draft?.number.isEmpty != true {
                month = month.next
                draft = try previewInvoice(of: account, month: month, in: tx, at: desk.now, zone: desk.zone)
            }
        } catch {
            guard error == Fault(.callsRunning, "") || error == Fault(.chargeRefused, "") else { throw error }
            let words = desk.words.text("fault.\(error.code.rawValue)", desk.language) ?? error.code.rawValue
            section.notices = [ConsoleNotice(tone: .warn, words: words)]
        }
        let lines = draft?.lines ?? []
        section.title = desk.text("console.accounts.nextInvoice", ["month": desk.words(of: month)])
        section.facts = [.init("amount", desk.cell(draft?.total ?? .zero))]
        section.table = .init(
            columns: ["item", "firstDay", "lastDay", "quantity", "amount"],
            rows: lines.enumerated().map { number, line in
                ConsoleRow(
                    id: "\(number + 1)",
                    cells: [
                        ConsoleCell(desk.words(of: line), value: .text(line.subject.name)), desk.cell(line.from),
                        desk.cell(line.through), desk.cell(Int(line.quantity)), desk.cell(line.total),
                    ])
            })
        return section
    }

    private func paymentsSection(in tx: any Transaction) throws(Fault) -> ConsoleSection {
        let rows = try payments(of: account, in: tx).map { payment in
            ConsoleRow(
                id: payment.id.rawValue, link: "/console/payments/\(payment.id)",
                cells: [
                    desk.cell(payment.on), desk.cell(payment.amount),
                    ConsoleCell(desk.value("method", payment.method.rawValue), value: .text(payment.method.rawValue)),
                    desk.cell(payment.toCosts), desk.cell(payment.toPenalty), desk.cell(payment.toPrincipal),
                    desk.cell(payment.toDeposit),
                    desk.badge("paymentState", payment.isReversed ? "reversed" : "stands", payment.isReversed ? .bad : .good),
                ])
        }
        return ConsoleSection(
            key: "payments",
            table: .init(
                columns: ["on", "amount", "method", "toCosts", "toPenalty", "toPrincipal", "toDeposit", "state"], rows: rows))
    }

    private func historySection(
        _ history: [AccountEvent], _ numbers: [InvoiceID: String], in tx: any Transaction
    ) throws(Fault) -> ConsoleSection {
        let names = try StaffNames(of: history.map(\.by), in: tx)
        let rows = history.enumerated().map { number, event in
            let days = [event.on, event.through].compactMap { $0.map { PlainWords.day($0, desk.language) } }
            let isOpen = event.kind == .stillDays && event.through == nil
            return ConsoleRow(
                id: "\(number)",
                cells: [
                    desk.badge("accountEvent", event.kind.rawValue),
                    ConsoleCell(
                        days.joined(separator: " – ") + (isOpen ? " –" : ""), value: .text(event.on.description), isFigure: true),
                    event.amount == .zero ? .empty : desk.cell(event.amount),
                    event.invoice.map { ConsoleCell(numbers[$0] ?? $0.rawValue, link: "/console/invoices/\($0)") } ?? .empty,
                    ConsoleCell(event.text), names.cell(event.by, desk),
                ])
        }
        return ConsoleSection(
            key: "accountHistory", table: .init(columns: ["eventKind", "on", "amount", "invoice", "words", "actor"], rows: rows))
    }

    private func disputesSection(_ numbers: [InvoiceID: String], in tx: any Transaction) throws(Fault) -> ConsoleSection {
        let rows = try disputes(of: account, in: tx).map { dispute in
            ConsoleRow(
                id: dispute.id.rawValue, link: desk.may(.handleDisputes) ? "/console/disputes/\(dispute.id)" : nil,
                cells: [
                    desk.cell(dispute.raisedOn), ConsoleCell(numbers[dispute.invoice] ?? "–"), desk.cell(dispute.amount),
                    desk.badge("disputeState", dispute.state.rawValue, DisputeSheet.tone(dispute.state)),
                    desk.cell(dispute.credited), dispute.isOpen ? DisputeSheet.clock(dispute, desk) : .empty,
                ])
        }
        return ConsoleSection(
            key: "disputes",
            table: .init(columns: ["raisedOn", "invoice", "amount", "state", "credited", "daysLeft"], rows: rows))
    }

    private func noticesSection(_ numbers: [InvoiceID: String], in tx: any Transaction) throws(Fault) -> ConsoleSection {
        let rows = try ladderNotices(of: account, in: tx).map { notice in
            ConsoleRow(
                id: "\(notice.invoice)-\(notice.step.rawValue)",
                cells: [
                    desk.cell(notice.at), desk.badge("step", notice.step.rawValue, notice.step.tone),
                    ConsoleCell(numbers[notice.invoice] ?? "–", link: "/console/invoices/\(notice.invoice)"),
                ])
        }
        return ConsoleSection(key: "ladderNotices", table: .init(columns: ["at", "announcedStep", "invoice"], rows: rows))
    }

    private func ledgerSection(in tx: any Transaction) throws(Fault) -> ConsoleSection {
        var question = LedgerQuestion()
        question.account = LedgerAccount.receivable(account).code
        let page = try ledgerPage(question, limit: 20, in: tx, zone: desk.zone)
        let all = ConsoleCell(
            desk.text("console.ledger.all"), link: "/console/entries?q=\(question.account ?? "")")
        return ConsoleSection(
            key: "accountEntries",
            facts: [
                .init("receivable", desk.cell(try balance(of: .receivable(account), in: tx))),
                .init("depositBooked", desk.cell(try balance(of: .deposit(account), in: tx))), .init("entries", all),
            ],
            table: .init(columns: EntryRows.accountColumns, rows: page.lines.map { EntryRows.accountRow($0, desk) }))
    }
}
