/// What is wrong with a wording: clauses missing, languages missing, blanks that do not exist or that the wording leaves out, bold that is
/// not closed; and exclusions that do not strike the eye.
public func checkText(_ text: AgreementText) -> [TermsFinding] {
    checkNumbers(text) + checkPieces(text) + checkRequiredBlanks(text) + checkConspicuous(text)
}

/// The eighteen clauses.
public let clauseCount = 18

/// Clauses that exclude or limit liability or weigh on the customer.
private let weighty = [4, 5, 7, 9, 12, 13, 15, 16, 18]

private func checkNumbers(_ text: AgreementText) -> [TermsFinding] {
    guard text.clauses.map(\.number) != Array(1...clauseCount) else { return [] }
    return [.refused("clauses", "须有第一条至第十八条，次序不变。", "There must be clauses 1 to 18 in their order.")]
}

/// Every text by the field that holds it.
private func pieces(_ text: AgreementText) -> [(field: String, wording: Wording, limit: Int)] {
    let wording = AgreementLimits.wordingBytes
    let heading = AgreementLimits.headingBytes
    return [("title", text.title, heading), ("preamble", text.preamble, wording), ("closing", text.closing, wording)]
        + text.clauses.flatMap {
            [("clause.\($0.number).title", $0.title, heading), ("clause.\($0.number)", $0.body, wording)]
        }
}

private func checkPieces(_ text: AgreementText) -> [TermsFinding] {
    var findings: [TermsFinding] = []
    for (field, wording, limit) in pieces(text) {
        for (language, words) in [("中文", wording.zh), ("English", wording.en)] {
            let english = language == "中文" ? "Chinese" : language
            if words.allSatisfy(\.isWhitespace) {
                findings.append(.refused(field, "缺少\(language)文字。", "The \(english) text is missing."))
            } else if words.utf8.count > limit {
                findings.append(
                    .refused(field, "\(language)文字超过 \(limit) 字节。", "The \(english) text has more than \(limit) bytes."))
            } else if !words.unicodeScalars.allSatisfy({ $0 == "\n" || isPrintable($0) }) {
                findings.append(
                    .refused(field, "\(language)文字含有不可见字符。", "The \(english) text holds a character that cannot be seen."))
            }
            for name in unknownBlanks(words) {
                findings.append(.refused(field, "没有名为 {\(name)} 的空格。", "There is no blank called {\(name)}."))
            }
            for line in words.split(separator: "\n")
            where line.split(separator: "**", omittingEmptySubsequences: false).count % 2 == 0 {
                findings.append(
                    .refused(
                        field, "加粗标记 ** 未成对：\(line.prefix(20))…", "A ** has no partner in its paragraph: \(line.prefix(40))…"))
            }
        }
    }
    return findings
}

private func unknownBlanks(_ words: String) -> [String] {
    words.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
        let name = part.prefix { $0 != "}" }
        return Blank(rawValue: String(name)) == nil || name.count == part.count ? String(name.prefix(40)) : nil
    }
}

private func checkRequiredBlanks(_ text: AgreementText) -> [TermsFinding] {
    let all = pieces(text)
    return Blank.required.compactMap { blank in
        let name = "{\(blank.rawValue)}"
        let isInBoth =
            all.contains { $0.wording.zh.contains(name) } && all.contains { $0.wording.en.contains(name) }
        return isInBoth
            ? nil
            : .refused(
                blank.rawValue, "两种文字都须写明 \(name)，否则协议对甲方没有约定这一数值。",
                "Both languages must state \(name), or the agreement does not say what binds the customer.")
    }
}

private func checkConspicuous(_ text: AgreementText) -> [TermsFinding] {
    weighty.compactMap { number in
        guard let body = text.clause(number)?.body, !(body.zh.contains("**") && body.en.contains("**")) else { return nil }
        return .warning(
            "clause.\(number)", "第\(number)条含有与客户有重大利害关系的内容，未以醒目方式提示的，客户可以主张其不成为合同内容。",
            "Clause \(number) weighs on the customer; unless it strikes the eye, the customer may hold that it is no part of the contract.",
            Wording(zh: "《民法典》第四百九十六条", en: "Civil Code art. 496"))
    }
}
