internal import Agreement
internal import Basics
internal import Customers

/// The document of an order: one page of HTML in Chinese and English, with its style and without scripts, made from the order alone.
func orderDocument(
    number: String, _ order: OrderPreview, creditLimit: Money? = nil, of customer: Customer, confirmedAt: Timestamp,
    zone: BusinessZone
) -> String {
    let clock = zone.clock(of: confirmedAt)
    let time = "\(clock.date) \(twoDigits(clock.hour)):\(twoDigits(clock.minute)):\(twoDigits(clock.second)) (\(zone.name))"
    var facts = [
        ("订单编号", "Order number", number),
        ("甲方", "Customer", "\(customer.name.text)（\(customer.id)）"),
        ("确认时间", "Confirmed at", time),
        ("事项", "Kind", kindWords(order.content.kind).zh + " · " + kindWords(order.content.kind).en),
        (
            "生效日", "Effective on",
            order.effectiveOn.map(\.description) ?? "开通或安装之日 · the day of activation or installation"
        ),
    ]
    facts += details(of: order.content)
    if let creditLimit { facts.append(("信用额（元/月）", "Credit limit (¥ a month)", yuan(creditLimit))) }
    let rows = facts.map {
        "<tr><th>\(escaped($0.0))<br><span lang=\"en\">\(escaped($0.1))</span></th><td>\(escaped($0.2))</td></tr>"
    }
    return """
        <!DOCTYPE html>
        <html lang="zh-CN"><head><meta charset="utf-8"><title>订单 \(escaped(number))</title><style>\(documentStyle)</style></head>
        <body><h1>订单 <span lang="en">Order</span></h1>
        <p>本订单是《可视电话视频通信服务协议》的附件，与协议具有同等效力。<br>
        <span lang="en">This order is an annex of the videophone service agreement and has the same force.</span></p>
        <table>\(rows.joined(separator: "\n"))</table>
        \(itemTable(order))\(rateTable(order))
        <p>价格均含增值税，以本订单确认时公布的价目为准；此后公布的价格不改变本订单的价格。<br>
        <span lang="en">Prices include VAT and are those published when this order was confirmed; later price lists do not change them.</span></p>
        </body></html>

        """
}

private let documentStyle = """
    body{font-family:"Noto Sans CJK SC","Noto Sans",sans-serif;font-size:11pt;line-height:1.5;margin:2cm;color:#111}
    h1{font-size:18pt}h2{font-size:13pt}table{border-collapse:collapse;width:100%;margin:1em 0}
    th,td{border:1px solid #888;padding:.35em .6em;text-align:left;vertical-align:top}td.n{text-align:right}span[lang=en]{color:#444}
    """

private func itemTable(_ order: OrderPreview) -> String {
    guard !order.items.isEmpty else { return "" }
    let rows = order.items.map { item in
        """
        <tr><td>\(item.position)</td><td>\(escaped(item.name.zh))<br><span lang="en">\(escaped(item.name.en))</span></td>\
        <td class="n">\(yuan(item.oneOff))</td><td class="n">\(yuan(item.monthly))</td><td class="n">\(percent(item.taxPermille))</td></tr>
        """
    }
    let (once, month) = (order.oneOff, order.monthly)
    let tax = order.items.reduce(into: (once: Money.zero, monthly: Money.zero)) { sum, item in
        sum.once += containedTax(in: item.oneOff, permille: item.taxPermille)
        sum.monthly += containedTax(in: item.monthly, permille: item.taxPermille)
    }
    return """
        <h2>项目 <span lang="en">Items</span></h2>
        <table><tr><th>#</th><th>名称 <span lang="en">Name</span></th><th>一次性（元）<span lang="en">Once</span></th>\
        <th>每月（元）<span lang="en">Monthly</span></th><th>税率 <span lang="en">VAT</span></th></tr>
        \(rows.joined(separator: "\n"))
        <tr><th></th><th>合计 <span lang="en">Total</span></th><th class="n">\(yuan(once))</th><th class="n">\(yuan(month))</th><th></th></tr>
        <tr><td></td><td>其中增值税 <span lang="en">VAT in it</span></td><td class="n">\(yuan(tax.once))</td>\
        <td class="n">\(yuan(tax.monthly))</td><td></td></tr></table>

        """
}

private func rateTable(_ order: OrderPreview) -> String {
    let rates = CallKind.allCases.compactMap { kind in order.perSecond[kind].map { (kind, $0) } }
    guard !rates.isEmpty else { return "" }
    let rows = rates.map { kind, rate in
        let words = kind == .video ? ("视频通话", "Video call") : ("语音通话", "Sound call")
        return """
            <tr><td>\(words.0) <span lang="en">\(words.1)</span></td><td class="n">\(plain(rate))</td><td class="n">\(plain(rate * 60))</td></tr>
            """
    }
    return """
        <h2>通信费 <span lang="en">Usage charges</span></h2>
        <table><tr><th>种类 <span lang="en">Kind</span></th><th>每秒（元）<span lang="en">A second</span></th>\
        <th>每分钟（元）<span lang="en">A minute</span></th></tr>
        \(rows.joined(separator: "\n"))</table>
        \(termsList(order))
        """
}

/// What using the plan costs beyond the prices of the table.
private func termsList(_ order: OrderPreview) -> String {
    guard let terms = order.terms else { return "" }
    let lines = terms.words.map { "<li>\($0.zh) <span lang=\"en\">\($0.en)</span></li>" }
    return "<ul>\n\(lines.joined(separator: "\n"))\n</ul>\n"
}

private func details(of content: OrderContent) -> [(String, String, String)] {
    switch content {
    case .openLine(let number, _, _): [("号码", "Number", number.grouped)]
    case .changeNumber(let line, let number): [("线路", "Line", line.rawValue), ("新号码", "New number", number.grouped)]
    case .changeCreditLimit(_, let limit): [("信用额（元/月）", "Credit limit (¥ a month)", yuan(limit))]
    case .changePlan(let line, _, _), .addTerminal(let line, _, _), .addAddOn(let line, _): [("线路", "Line", line.rawValue)]
    case .removeAddOn(let line, let addOn):
        [("线路", "Line", line.rawValue), ("取消的附加服务", "Add-on that ends", addOn.rawValue)]
    case .end(let wished): [("最后服务日", "Last day of service", wished.description)]
    }
}

/// What each kind of order is called.
func kindWords(_ kind: OrderContent.Kind) -> Wording {
    switch kind {
    case .openLine: Wording(zh: "开通线路", en: "Open a line")
    case .changePlan: Wording(zh: "变更套餐", en: "Change of plan")
    case .addTerminal: Wording(zh: "增加终端", en: "Terminal")
    case .addAddOn: Wording(zh: "增加附加服务", en: "Add-on")
    case .removeAddOn: Wording(zh: "取消附加服务", en: "Add-on ends")
    case .changeCreditLimit: Wording(zh: "变更信用额", en: "Change of credit limit")
    case .changeNumber: Wording(zh: "更换号码", en: "Change of number")
    case .end: Wording(zh: "终止服务", en: "End of the service")
    }
}

/// `899.00`.
private func yuan(_ amount: Money) -> String { "\(amount.fen / 100).\(twoDigits(Int(amount.fen % 100)))" }

/// An amount with as many decimals as it needs: `0.005`.
private func plain(_ amount: Money) -> String {
    let (whole, rest) = amount.micros.quotientAndRemainder(dividingBy: 1_000_000)
    guard rest > 0 else { return "\(whole)" }
    var decimals = String(1_000_000 + rest).dropFirst()
    while decimals.last == "0" { decimals.removeLast() }
    return "\(whole).\(decimals)"
}

/// `6%`, `13%`.
private func percent(_ permille: Int) -> String {
    permille % 10 == 0 ? "\(permille / 10)%" : "\(permille / 10).\(permille % 10)%"
}

private func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
