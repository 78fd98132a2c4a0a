/// The agreement, clause by clause, and what does it. A test checks that every name exists and that every file of scenarios is named.
package enum ClauseTrace {
    /// The preamble and the eighteen clauses.
    package static let clauses = parties + money + service + law

    private static let parties = [
        TracedClause(
            0, "当事人与目的", "Parties and purpose", rules: ["mayReceive", "serviceAbility"],
            useCases: ["beginApplication", "activate", "recordDialledCall", "closeCallRecord"], pages: ["/", "/phone", "/join"],
            scenarios: ["Clause00PartiesAndPurposeTests.swift"]),
        TracedClause(
            1, "真实资料", "True data",
            rules: ["checkPerson", "checkOrganisation", "isMinor", "checkEvidence", "retention", "remedy"],
            useCases: [
                "submitIdentity", "addEvidence", "submitEvidence", "requestEvidence", "verifyIdentity", "rejectIdentity",
                "reopenVerification", "enforceIdentityDeadlines", "revealIdentity", "disclose", "recordAuthorisation",
                "grantConsent", "withdrawConsent", "exportMyData", "eraseOnRequest", "beginRetention", "eraseCustomer",
                "fileAppeal", "decideAppeal",
            ],
            pages: ["/join", "/identity", "/privacy", "/console/verification", "/console/customers"],
            scenarios: ["Clause01IdentityTests.swift", "Clause01PrivacyTests.swift"]),
        TracedClause(
            2, "服务、资费和订单", "Services, prices, orders", rules: ["priceInForce", "itemPriceInForce", "mayCancel"],
            useCases: [
                "publishPrices", "publishItemPrices", "publishHolidays", "addCatalogueItem", "withdrawCatalogueItem",
                "confirmOrder",
                "cancelOrder", "advanceOrder", "completeOrder", "attachAnnex",
            ],
            pages: ["/services", "/orders", "/orders/{number}", "/console/orders", "/console/catalogue"],
            scenarios: ["Clause02ServicesAndPricesTests.swift"]),
        TracedClause(
            3, "合法使用与软件许可", "Lawful use, licence", rules: ["serviceAbility"],
            useCases: [
                "recordLicenceAcceptance", "reportAbuse", "addAbuseEvidence", "decideAbuse", "fileAppeal", "decideAppeal",
            ],
            pages: ["/phone", "/console/abuse"], scenarios: ["Clause03LawfulUseTests.swift"]),
        TracedClause(
            4, "终端与保修", "Terminals and warranty",
            missing: "terminals, warranty and claims; the catalogue sells and rents them already"),
    ]

    private static let money = [
        TracedClause(
            5, "付款与违约金", "Payment and penalty", rules: ["penalty", "ladder", "rent"],
            useCases: ["recordPayment", "reversePayment", "refund", "sweepLadder", "writeOff", "billMonth"],
            pages: ["/money", "/money/invoices", "/money/invoices/{number}", "/money/pay"],
            scenarios: ["Clause05PaymentTests.swift"]),
        TracedClause(
            6, "费用异议", "Disputes about charges", rules: ["standing"], useCases: ["raiseDispute", "decideDispute"],
            pages: ["/money/disputes", "/money/disputes/{id}", "/money/calls"], scenarios: ["Clause06DisputesTests.swift"]),
        TracedClause(
            7, "维护与改号通知", "Maintenance, number changes", useCases: ["changeNumber"],
            missing: "announced maintenance windows; a number change is an order already"),
        TracedClause(8, "软件升级", "Software upgrades", missing: "signed releases and their roll-out"),
        TracedClause(
            9, "信用额", "Credit limit", rules: ["chargedSeconds", "monthShares", "rate", "reach", "isLimitNear"],
            useCases: [
                "reserveCredit", "reportAndReserve", "settleCredit", "changeCreditLimit", "chooseCreditHoldScope",
                "holdForCredit",
                "placeHold", "liftHolds",
            ],
            pages: ["/money/limit", "/money", "/phone"],
            scenarios: ["Clause09CreditLimitTests.swift", "Clause09CutOffTests.swift", "Clause09TariffTests.swift"]),
    ]

    private static let service = [
        TracedClause(10, "通信秘密与司法协助", "Secrecy, legal orders", missing: "end-to-end encryption and legal orders"),
        TracedClause(
            11, "终止服务", "Ending the service", rules: ["requireSettled", "numberIsFreeAgain"],
            useCases: [
                "requestEnding", "withdrawEnding", "advanceEnding", "makeFinalInvoice", "endLine", "endAgreement", "eraseEnded",
            ],
            pages: ["/ending", "/console/endings"], scenarios: ["Clause11EndingTests.swift", "Clause11MoneyTests.swift"]),
        TracedClause(12, "互联网质量", "Quality of the internet", missing: "measured evidence and its verdict"),
        TracedClause(
            13, "责任限制", "Limits of liability", useCases: ["grantCredit"], scenarios: ["Clause13MoneyTests.swift"],
            missing: "incidents, which would say when a credit is owed"),
        TracedClause(
            14, "不可抗力", "Force majeure", useCases: ["declareStillDays"], missing: "declared events with their area and pages"),
    ]

    private static let law = [
        TracedClause(
            15, "协议变更", "Changes of the agreement", rules: ["termsInForce", "changeWindows", "checkTerms", "compareVersions"],
            useCases: [
                "draftVersion", "editDraft", "publishVersion", "acceptChange", "objectToChange", "negotiate", "resolveObjection",
                "settleObjection", "bindSilence",
            ],
            pages: ["/agreement/changes/{version}", "/console/versions", "/console/objections"],
            scenarios: ["Clause15ChangesTests.swift"]),
        TracedClause(
            16, "仲裁", "Arbitration", rules: ["verifyCaseFile"], useCases: ["gatherCase"], pages: ["/console/customers"],
            scenarios: ["Clause16CaseFileTests.swift"]),
        TracedClause(
            17, "签署与生效", "Signing and force", rules: ["fingerprint", "verifyAgreement"],
            useCases: ["prepareAgreement", "beginSigning", "signAsCustomer", "sealAgreement", "registerOriginal"],
            pages: ["/agreement", "/verify"], scenarios: ["Clause17SigningTests.swift"]),
        TracedClause(
            18, "解释", "Interpretation", rules: ["interpretations"], useCases: ["publishInterpretation"],
            pages: ["/agreement", "/console/interpretations"], scenarios: ["Clause18InterpretationTests.swift"]),
    ]
}
