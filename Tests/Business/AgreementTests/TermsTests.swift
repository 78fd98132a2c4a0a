import Agreement
import Testing

@Suite("Terms before they are published")
struct TermsTests {
    private func findings(_ change: (inout AgreementTerms) -> Void) -> [TermsFinding] {
        var terms = AgreementTerms.standard(provider)
        change(&terms)
        return checkTerms(terms)
    }

    @Test func theStandardTermsPassWithoutAWord() { #expect(findings { _ in }.isEmpty) }

    @Test func theImpossibleIsRefused() {
        let changes: [(String, (inout AgreementTerms) -> Void)] = [
            ("monthsUntilTermination", { $0.monthsUntilSuspension = 4 }),
            ("warrantyYears", { $0.warrantyYears = -1 }), ("warrantyYears", { $0.warrantyYears = .max }),
            ("latePaymentRate", { $0.latePaymentRate = DailyRate(perMille: -1) }),
            ("latePaymentRate", { $0.latePaymentRate = DailyRate(perMille: 101) }),
            ("objectionMonths", { $0.objectionMonths = -1 }), ("objectionMonths", { $0.objectionMonths = 61 }),
            ("arbitrationCommission", { $0.arbitrationCommission = " " }),
            ("provider.name", { $0.provider.name = "" }), ("provider.name", { $0.provider.name = "见面\u{202E}公司" }),
            ("provider.name", { $0.provider.name = String(repeating: "长", count: 10_000) }),
            ("provider.website", { $0.provider.website = "javascript:alert(1)" }),
            ("provider.uscc", { $0.provider.uscc = "91110000600037341M" }),
            ("provider.uscc", { $0.provider.uscc = "9111" }),
        ]
        for (field, change) in changes {
            #expect(findings(change).contains { $0.kind == .refused && $0.field == field }, "\(field)")
        }
    }

    @Test func theHarshIsWarnedOfWithItsArticle() {
        let changes: [(String, String, (inout AgreementTerms) -> Void)] = [
            ("latePaymentRate", "第三十四条", { $0.latePaymentRate = DailyRate(thousandthsOfPerMille: 3001) }),
            ("monthsUntilSuspension", "第三十四条", { $0.monthsUntilSuspension = 0 }),
            ("monthsUntilTermination", "第三十四条", { $0.monthsUntilTermination = 2 }),
            ("objectionMonths", "第四百九十六条", { $0.objectionMonths = 0 }),
            ("warrantyYears", "第二十三条", { $0.warrantyYears = 0 }),
        ]
        for (field, article, change) in changes {
            let finding = findings(change).first { $0.field == field }
            #expect(finding?.kind == .warning, "\(field)")
            #expect(finding?.article?.zh.contains(article) == true, "\(field)")
        }
    }

    @Test func aRateIsExactAndReadable() {
        #expect(DailyRate(perMille: 3).thousandthsOfPerMille == 3000)
        #expect(DailyRate(perMille: 3).description == "3‰")
        #expect(DailyRate(thousandthsOfPerMille: 500).description == "0.5‰")
        #expect(DailyRate(thousandthsOfPerMille: 2125).description == "2.125‰")
        #expect(DailyRate(thousandthsOfPerMille: 1050).description == "1.05‰")
        #expect(DailyRate(perMille: .max) > DailyRate(perMille: 100))
    }
}
