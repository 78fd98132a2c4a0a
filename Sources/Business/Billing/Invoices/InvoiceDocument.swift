public import Agreement
internal import Basics
internal import Orders

/// Between whom an invoice is.
struct InvoiceParties {
    /// Name, address, telephone and social credit code of the provider; empty where no agreement was ever published.
    let provider: (name: String, address: String, phone: String, uscc: String)
    let customer: String
    /// The number of the agreement; nil without one.
    let agreement: String?
}

/// The document of an invoice: one page of HTML in Chinese and English, with its style and without scripts, made from the invoice, its credit notes
/// and the parties alone, so that the same invoice has the same bytes each time.
func invoiceHTML(_ invoice: Invoice, between parties: InvoiceParties, credits: [CreditNote]) -> String {
    let facts = invoiceFacts(invoice, parties).map { fact in
        "<tr><th>\(escaped(fact.0))<br><span lang=\"en\">\(escaped(fact.1))</span></th><td>\(escaped(fact.2))</td></tr>"
    }
    return """
        <!DOCTYPE html>
        <html lang="zh-CN"><head><meta charset="utf-8"><title>账单 \(escaped(invoice.number))</title><style>\(invoiceStyle)</style></head>
        <body><h1>账单 <span lang="en">Invoice</span></h1>
        <table>\(facts.joined(separator: "\n"))</table>
        \(lineTable(invoice))\(creditTable(credits, of: invoice))\(statementTable(invoice))\(wayToPay(invoice, parties))
        </body></html>

        """
}

private let invoiceStyle = """
    body{font-family:"Noto Sans CJK SC","Noto Sans",sans-serif;font-size:10.5pt;line-height:1.5;margin:2cm;color:#111}
    h1{font-size:18pt}h2{font-size:13pt}table{border-collapse:collapse;width:100%;margin:1em 0}
    th,td{border:1px solid #888;padding:.3em .5em;text-align:left;vertical-align:top}td.n,th.n{text-align:right;white-space:nowrap}
    span[lang=en]{color:#444}tr.sum td{font-weight:bold;border-top:2px solid #111}
    """

private func invoiceFacts(_ invoice: Invoice, _ parties: InvoiceParties) -> [(String, String, String)] {
    let kind =
        invoice.kind == .month ? "月度账单 · monthly invoice" : "终止服务前的最后账单 · final invoice (协议第十一条 · clause 11)"
    var facts = [
        ("账单编号", "Invoice number", invoice.number), ("种类", "Kind", kind), ("账期", "Month", "\(invoice.month)"),
        ("出账日", "Issued on", "\(invoice.issuedOn)"), ("最后付款日", "Due on", "\(invoice.due)"),
        ("客户（甲方）", "Customer", parties.customer),
    ]
    if let agreement = parties.agreement { facts.append(("协议编号", "Agreement", agreement)) }
    guard !parties.provider.name.isEmpty else { return facts }
    return facts + [
        ("提供方（乙方）", "Provider", "\(parties.provider.name)（\(parties.provider.uscc)）"),
        ("地址、电话", "Address, telephone", "\(parties.provider.address)，\(parties.provider.phone)"),
    ]
}

private func lineTable(_ invoice: Invoice) -> String {
    let rows = invoice.lines.enumerated().map { position, line in
        let (name, quantity) = (line.words, line.quantityWords)
        return """
            <tr><td>\(position + 1)</td><td>\(escaped(name.zh))<br><span lang="en">\(escaped(name.en))</span></td>\
            <td>\(line.from) – \(line.through)</td><td>\(quantity.zh)<br><span lang="en">\(quantity.en)</span></td>\
            <td class="n">\(line.amount.net.plain)</td><td class="n">\(line.tax.percent)</td><td class="n">\(line.amount.tax.plain)</td>\
            <td class="n">\(line.total.plain)</td></tr>
            """
    }
    return """
        <h2>费用 <span lang="en">Charges</span></h2>
        <table><tr><th>#</th><th>项目 <span lang="en">Item</span></th><th>期间 <span lang="en">Period</span></th>\
        <th>数量 <span lang="en">Quantity</span></th><th class="n">不含税 <span lang="en">Net</span></th>\
        <th class="n">税率 <span lang="en">VAT</span></th><th class="n">税额 <span lang="en">Tax</span></th>\
        <th class="n">合计（元）<span lang="en">Total (CNY)</span></th></tr>
        \(rows.joined(separator: "\n"))
        <tr class="sum"><td></td><td>本账单合计 <span lang="en">This invoice</span></td><td></td><td></td>\
        <td class="n">\(invoice.net.plain)</td><td></td><td class="n">\(invoice.tax.plain)</td><td class="n">\(invoice.total.plain)</td></tr></table>

        """
}

private func creditTable(_ credits: [CreditNote], of invoice: Invoice) -> String {
    guard !credits.isEmpty else { return "" }
    let rows = credits.map { note in
        """
        <tr><td>\(escaped(note.number))</td><td>\(note.issuedOn)</td><td>\(note.line + 1)</td>\
        <td class="n">-\(note.amount.tax.plain)</td><td class="n">-\(note.amount.total.plain)</td></tr>
        """
    }
    return """
        <h2>更正 <span lang="en">Credit notes</span></h2>
        <p>账单本身不改；下列冲减单减少上列费用。<br>
        <span lang="en">The invoice itself is never changed; these notes reduce the lines above.</span></p>
        <table><tr><th>编号 <span lang="en">Number</span></th><th>日期 <span lang="en">Day</span></th>\
        <th>项目 <span lang="en">Line</span></th><th class="n">税额 <span lang="en">Tax</span></th>\
        <th class="n">合计（元）<span lang="en">Total (CNY)</span></th></tr>
        \(rows.joined(separator: "\n"))</table>

        """
}

/// What stood on the account on the day of the invoice.
private func statementTable(_ invoice: Invoice) -> String {
    let statement = invoice.statement
    let rows: [(String, String, Money, always: Bool)] = [
        ("以前账单未付", "Brought forward from earlier invoices", statement.broughtForward, false),
        ("本账单", "This invoice", invoice.total, true), ("违约金", "Late-payment penalty", statement.penalty, false),
        ("催缴费用", "Costs of collection", statement.costs, false),
        ("已用预存款支付", "Paid from the deposit", -statement.depositUsed, false),
    ]
    let shown = rows.filter { $0.always || $0.2 != .zero }.map { row in
        "<tr><td>\(row.0) <span lang=\"en\">\(row.1)</span></td><td class=\"n\">\(row.2.plain)</td></tr>"
    }
    let held =
        statement.held == .zero
        ? ""
        : """
        <p>另有 \(statement.held.plain) 元正在核查，查清以前不用付。<br>
        <span lang="en">Another \(statement.held.plain) CNY is in dispute and not asked for until it is settled.</span></p>
        """
    return """
        <h2>出账日的账户 <span lang="en">The account on the day of issue</span></h2>
        <table>\(shown.joined(separator: "\n"))
        <tr class="sum"><td>应付合计（元）<span lang="en">To pay (CNY)</span></td><td class="n">\(statement.toPay.plain)</td></tr></table>
        \(held)
        """
}

private func wayToPay(_ invoice: Invoice, _ parties: InvoiceParties) -> String {
    let rate = DailyRateText(invoice.terms.ratePerMilleThousandths).text
    let payee = parties.provider.name.isEmpty ? "" : "，户名“\(escaped(parties.provider.name))”"
    let payeeInEnglish = parties.provider.name.isEmpty ? "" : " to \(escaped(parties.provider.name))"
    return """
        <h2>怎样付款 <span lang="en">How to pay</span></h2>
        <p>请在 \(invoice.due) 当天或以前付款：登录后在“我的钱”里付，或者银行转账\(payee)，附言写账单编号 \(escaped(invoice.number))。<br>
        <span lang="en">Please pay on or before \(invoice.due): under “My money” after signing in, or by bank transfer\(payeeInEnglish) \
        with the invoice number \(escaped(invoice.number)) as the reference.</span></p>
        <p>过期未付的部分，从第二天起每天按 \(rate)‰ 计违约金（协议第五条）。对费用有疑问可以提出异议，15 天内答复，核查期间不计违约金\
        （协议第六条）。每一项费用后面的通话清单可以免费查看（电信条例第三十三条）。<br>
        <span lang="en">What is paid late bears a penalty of \(rate)‰ a day from the day after (clause 5). Charges can be disputed; the answer \
        comes within 15 days and no penalty runs meanwhile (clause 6). The list of calls behind each line is free of charge.</span></p>
        """
}

extension InvoiceLine {
    /// What it is for, in both languages.
    public var words: Wording {
        switch subject {
        case .usage(.video): Wording(zh: "视频通话", en: "Video calls")
        case .usage: Wording(zh: "语音通话", en: "Sound calls")
        case .charge: Wording(zh: name?.chinese ?? charge ?? "", en: name?.english ?? charge ?? "")
        }
    }

    /// How much of it.
    fileprivate var quantityWords: Wording {
        switch subject {
        case .usage: Wording(zh: "\(quantity) 次", en: quantity == 1 ? "1 call" : "\(quantity) calls")
        case .charge(.rent): Wording(zh: "\(quantity) 天", en: quantity == 1 ? "1 day" : "\(quantity) days")
        case .charge: Wording(zh: "\(quantity) 项", en: "\(quantity)")
        }
    }
}

/// A daily rate as people write it before the ‰: 3, 0.5, 2.125.
struct DailyRateText {
    let text: String

    init(_ thousandths: Int64) {
        let (whole, rest) = thousandths.quotientAndRemainder(dividingBy: 1000)
        var decimals = rest == 0 ? "" : "." + String(1000 + rest).dropFirst()
        while decimals.hasSuffix("0") { decimals.removeLast() }
        text = "\(whole)\(decimals)"
    }
}

extension TaxRule {
    /// `6%`, `6.5%`.
    fileprivate var percent: String { perMille % 10 == 0 ? "\(perMille / 10)%" : "\(perMille / 10).\(perMille % 10)%" }
}

extension Money {
    /// `1234.50`, with a sign where it is below zero.
    fileprivate var plain: String {
        let value = fen.magnitude
        return "\(fen < 0 ? "-" : "")\(value / 100).\(value % 100 < 10 ? "0" : "")\(value % 100)"
    }
}
