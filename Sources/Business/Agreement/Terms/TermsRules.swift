internal import Customers

/// Something to say about terms or wording before they are published.
public struct TermsFinding: Sendable, Equatable {
    /// How grave it is.
    public enum Kind: String, Sendable {
        /// It cannot stand; publishing is refused.
        case refused
        /// It may stand, but is harsher than a regulation or may be held void; whoever publishes says that it is meant.
        case warning
    }

    /// How grave.
    public let kind: Kind
    /// The blank or the clause it is about, such as `latePaymentRate` or `clause.5`.
    public let field: String
    /// The article that it rests on, in both languages; nil where plain sense suffices.
    public let article: Wording?
    /// What is wrong and how to mend it, in both languages.
    public let message: Wording
}

/// What is impossible in a set of terms and what is harsher than the regulations.
public func checkTerms(_ terms: AgreementTerms) -> [TermsFinding] {
    checkProvider(terms) + checkRanges(terms) + checkLadder(terms) + checkHarshness(terms)
}

private func checkProvider(_ terms: AgreementTerms) -> [TermsFinding] {
    let texts: [(String, String, String, String)] = [
        ("provider.name", terms.provider.name, "提供方名称", "the provider's name"),
        ("provider.legalRepresentative", terms.provider.legalRepresentative, "法定代表人", "the legal representative"),
        ("provider.address", terms.provider.address, "住所", "the address"),
        ("provider.phone", terms.provider.phone, "联系电话", "the phone number"),
        ("provider.uscc", terms.provider.uscc, "统一社会信用代码", "the unified social credit code"),
        ("provider.website", terms.provider.website, "网站", "the website"),
        ("arbitrationCommission", terms.arbitrationCommission, "仲裁委员会", "the arbitration commission"),
        ("signingPlace", terms.signingPlace, "签订地点", "the place of signing"),
    ]
    var findings: [TermsFinding] = []
    for (field, value, zh, en) in texts {
        if value.allSatisfy(\.isWhitespace) {
            let article =
                field == "arbitrationCommission"
                ? Wording(zh: "《仲裁法》（仲裁协议应选定仲裁委员会）", en: "Arbitration Law: the commission must be named") : nil
            findings.append(.refused(field, "请填写\(zh)。", "Fill in \(en).", article))
        } else if value.utf8.count > AgreementLimits.blankBytes || !value.unicodeScalars.allSatisfy(isPrintable) {
            findings.append(
                .refused(
                    field, "\(zh)过长，或含有不可见字符。", "Shorten \(en) or take out the characters that cannot be seen."))
        }
    }
    let website = terms.provider.website
    if !website.isEmpty, !website.hasPrefix("https://"), !website.hasPrefix("http://") {
        findings.append(.refused("provider.website", "网站须以 https：// 开头。", "Begin the website with https://."))
    }
    let uscc = terms.provider.uscc
    if !uscc.isEmpty, (try? unifiedCode(uscc)) != uscc {
        findings.append(
            .refused(
                "provider.uscc", "统一社会信用代码的位数、字符或校验码有误。",
                "The unified social credit code has a wrong length, character or check digit.",
                Wording(zh: "GB 32100-2015", en: "GB 32100-2015")))
    }
    return findings
}

private func checkRanges(_ terms: AgreementTerms) -> [TermsFinding] {
    let months = AgreementLimits.months
    let numbers: [(String, Int, ClosedRange<Int>, String, String)] = [
        ("warrantyYears", terms.warrantyYears, AgreementLimits.warrantyYears, "保修年数", "Years of warranty"),
        (
            "latePaymentRate", terms.latePaymentRate.thousandthsOfPerMille,
            0...AgreementLimits.latePaymentRate.thousandthsOfPerMille, "违约金比例（千分之一‰）",
            "The penalty in thousandths of a per mille"
        ),
        ("monthsUntilSuspension", terms.monthsUntilSuspension, months, "暂停服务前的月数", "Months until suspension"),
        ("monthsUntilTermination", terms.monthsUntilTermination, months, "终止协议前的月数", "Months until termination"),
        ("objectionMonths", terms.objectionMonths, months, "异议期月数", "Months to object"),
    ]
    return numbers.compactMap { field, value, range, zh, en in
        guard !range.contains(value) else { return nil }
        return .refused(
            field, "\(zh)须在 \(range.lowerBound) 至 \(range.upperBound) 之间。",
            "\(en) must be from \(range.lowerBound) to \(range.upperBound).")
    }
}

private func checkLadder(_ terms: AgreementTerms) -> [TermsFinding] {
    guard terms.monthsUntilTermination < terms.monthsUntilSuspension else { return [] }
    return [
        .refused(
            "monthsUntilTermination", "终止不得早于暂停。", "Termination cannot come before suspension.")
    ]
}

private func checkHarshness(_ terms: AgreementTerms) -> [TermsFinding] {
    var findings: [TermsFinding] = []
    if terms.latePaymentRate > DailyRate(perMille: 3) {
        findings.append(
            .warning(
                "latePaymentRate", "违约金高于每日 3‰；过高的违约金还可能被依法调减（《民法典》第五百八十五条）。",
                "The penalty is above 3‰ a day; an excessive one may also be cut (Civil Code art. 585).", .telecom34))
    }
    if terms.monthsUntilSuspension < 1 {
        findings.append(
            .warning(
                "monthsUntilSuspension", "逾期不足三十日即暂停服务，严于规定。",
                "Service would be suspended before thirty days overdue, sooner than the regulation allows.", .telecom34))
    }
    if (0..<2).contains(terms.monthsUntilTermination - terms.monthsUntilSuspension) {
        findings.append(
            .warning(
                "monthsUntilTermination", "暂停后不足六十日即终止，严于规定。",
                "The agreement would end before sixty days of suspension, sooner than the regulation allows.", .telecom34))
    }
    if terms.objectionMonths < 1 {
        findings.append(
            .warning(
                "objectionMonths", "异议期不足一个月，沉默视为同意的约定可能因未给予合理考虑时间而无效。",
                "With less than a month to object, taking silence for consent may be held unfair and void.",
                Wording(zh: "《民法典》第四百九十六条、第四百九十七条；《电子商务法》第三十四条", en: "Civil Code arts. 496, 497; E-commerce Law art. 34")))
    }
    if terms.warrantyYears < 1 {
        findings.append(
            .warning(
                "warrantyYears", "保修期不足一年，低于通行做法；六个月内的瑕疵由经营者举证。",
                "Less than a year of warranty is below common practice; for defects within six months the seller bears the proof.",
                Wording(zh: "《消费者权益保护法》第二十三条", en: "Consumer Protection Law art. 23")))
    }
    return findings
}

extension TermsFinding {
    static func refused(_ field: String, _ zh: String, _ en: String, _ article: Wording? = nil) -> TermsFinding {
        TermsFinding(kind: .refused, field: field, article: article, message: Wording(zh: zh, en: en))
    }

    static func warning(_ field: String, _ zh: String, _ en: String, _ article: Wording) -> TermsFinding {
        TermsFinding(kind: .warning, field: field, article: article, message: Wording(zh: zh, en: en))
    }
}

extension Wording {
    fileprivate static let telecom34 = Wording(zh: "《电信条例》第三十四条", en: "Telecommunications Regulations art. 34")
}

/// No control or format character: what stands in a contract can be seen.
func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
    default: true
    }
}
