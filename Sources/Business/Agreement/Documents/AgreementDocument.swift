internal import Basics

/// The canonical document of one agreement: a self-contained page in Chinese and English without scripts, whose bytes depend on nothing
/// but what is given here. Its SHA-256 is what both parties sign.
struct AgreementDocument {
    let number: String
    let version: AgreementVersion
    let party: ContractParty
    let annexes: [Annex]
    let sealKey: [UInt8]
    let day: BusinessDate

    /// The page as UTF-8.
    var content: [UInt8] { Array(html.utf8) }

    private var html: String {
        """
        <!DOCTYPE html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escaped(version.text.title.zh)) \(escaped(number))</title>
        <style>
        \(DocumentStyle.css)
        </style>
        </head>
        <body>
        <header>
        <h1>\(escaped(version.text.title.zh))</h1>
        <p class="subtitle" lang="en">\(escaped(version.text.title.en))</p>
        <p class="number">\(escaped(number))</p>
        <p class="small">第 \(version.number) 版 · \(chinese(day)) <span lang="en">· version \(version.number) · \(english(day))</span></p>
        </header>
        \(parties)
        <main>
        \(wording(\.zh, language: "zh-CN"))
        \(wording(\.en, language: "en"))
        </main>
        \(annexList)
        \(proof)
        </body>
        </html>

        """
    }

    // MARK: The parties

    private var parties: String {
        let provider = version.terms.provider
        var customer = [
            ("名称", "Name", party.name, party.name), ("地址", "Address", party.address, party.address),
            ("邮政编码", "Postcode", party.postcode, party.postcode), ("联系电话", "Phone", party.phone, party.phone),
            ("证件类型", "Identity document", party.idKind.zh, party.idKind.en),
            ("证件号码", "Number", party.idNumber, party.idNumber),
        ].filter { !$0.2.isEmpty }
        if let name = party.representative {
            let isPerson = party.kind == .person
            customer.append((isPerson ? "监护人" : "法定代表人", isPerson ? "Guardian" : "Legal representative", name, name))
        }
        let own = [
            ("名称", "Name", provider.name, provider.name), ("地址", "Address", provider.address, provider.address),
            ("法定代表人", "Legal representative", provider.legalRepresentative, provider.legalRepresentative),
            ("统一社会信用代码", "Credit code", provider.uscc, provider.uscc),
            ("联系电话", "Phone", provider.phone, provider.phone), ("网站", "Website", provider.website, provider.website),
        ]
        return """
            <section class="parties">
            \(table("甲方（客户）", "The Customer", customer))
            \(table("乙方（提供方）", "The Provider", own))
            </section>
            """
    }

    private func table(_ zh: String, _ en: String, _ rows: [(String, String, String, String)]) -> String {
        let lines = rows.map { zh, en, value, english in
            let both = value == english ? escaped(value) : "\(escaped(value)) <span lang=\"en\">\(escaped(english))</span>"
            return "<tr><th scope=\"row\">\(zh) <span lang=\"en\">\(en)</span></th><td>\(both)</td></tr>"
        }
        return "<table>\n<caption>\(zh) <span lang=\"en\">\(en)</span></caption>\n\(lines.joined(separator: "\n"))\n</table>"
    }

    // MARK: The wording

    private func wording(_ language: KeyPath<Wording, String>, language tag: String) -> String {
        let values = values(language)
        let isChinese = language == \.zh
        let clauses = version.text.clauses.map { clause in
            let heading = isChinese ? "第\(chineseNumeral(clause.number))条" : "Clause \(clause.number)"
            return """
                <section class="clause" id="\(tag)-\(clause.number)">
                <h3>\(heading) \(escaped(clause.title[keyPath: language]))</h3>
                \(prose(clause.body[keyPath: language], values))
                </section>
                """
        }
        return """
            <article lang="\(tag)">
            <h2>\(escaped(version.text.title[keyPath: language]))</h2>
            \(prose(version.text.preamble[keyPath: language], values))
            \(clauses.joined(separator: "\n"))
            <section class="closing">
            \(prose(version.text.closing[keyPath: language], values))
            </section>
            </article>
            """
    }

    private func prose(_ text: String, _ values: BlankValues) -> String {
        paragraphs(text, values).map { runs in
            let words = runs.map { $0.isConspicuous ? "<strong>\(escaped($0.text))</strong>" : escaped($0.text) }.joined()
            return "<p>\(words)</p>"
        }.joined(separator: "\n")
    }

    private func values(_ language: KeyPath<Wording, String>) -> BlankValues {
        var values = BlankValues(version.terms)
        values[.customerName] = party.name
        values[.customerAddress] = party.address
        values[.customerPostcode] = party.postcode
        values[.customerPhone] = party.phone
        values[.customerIDKind] = party.idKind[keyPath: language]
        values[.customerIDNumber] = party.idNumber
        values[.agreementNumber] = number
        return values
    }

    // MARK: Annexes and proof

    private var annexList: String {
        let items = annexes.map { annex in
            """
            <li><b>\(escaped(annex.number))</b> \(escaped(annex.title.zh)) <span lang="en">\(escaped(annex.title.en))</span><br>
            <code>\(annex.document.grouped)</code></li>
            """
        }
        let list = items.isEmpty ? "<p>无 <span lang=\"en\">None</span></p>" : "<ol>\n\(items.joined(separator: "\n"))\n</ol>"
        return """
            <section class="annexes">
            <h2>附件 <span lang="en">Annexes</span></h2>
            \(list)
            </section>
            """
    }

    private var proof: String {
        """
        <section class="proof">
        <h2>签名与验证 <span lang="en">Signatures and verification</span></h2>
        <p>双方签署的是本文件字节的 SHA-256；附件依次链接其后，构成指纹。乙方签章公钥（P-256，X9.63）如下。</p>
        <p lang="en">Both parties sign the SHA-256 of the bytes of this document; the annexes are chained to it in order and make the fingerprint. The public key of the Provider's seal (P-256, X9.63) is:</p>
        <p><code>\(grouped(hexadecimal(sealKey), by: 8))</code></p>
        </section>
        """
    }
}

/// `一` … `九十九`.
func chineseNumeral(_ number: Int) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    guard (1..<100).contains(number) else { return String(number) }
    let tens = number / 10
    return (tens == 0 ? "" : (tens == 1 ? "" : digits[tens]) + "十") + digits[number % 10]
}

func chinese(_ day: BusinessDate) -> String { "\(day.year)年\(day.monthOfYear)月\(day.day)日" }

func english(_ day: BusinessDate) -> String {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return "\(day.day) \(months[day.monthOfYear - 1]) \(day.year)"
}

func grouped(_ text: String, by count: Int) -> String {
    let characters = Array(text)
    return stride(from: 0, to: characters.count, by: count)
        .map { String(characters[$0..<min($0 + count, characters.count)]) }.joined(separator: " ")
}
