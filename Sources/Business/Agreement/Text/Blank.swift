/// A blank of the wording, written `{name}`, and where its value comes from.
public enum Blank: String, Sendable, CaseIterable {
    /// The provider's name.
    case providerName
    /// Who represents the provider.
    case providerRepresentative
    /// The provider's address.
    case providerAddress
    /// The provider's phone number.
    case providerPhone
    /// The provider's unified social credit code.
    case providerUSCC
    /// Where services, prices and announcements are published.
    case website
    /// Years of warranty (clause 4).
    case warrantyYears
    /// The penalty in per mille a day (clause 5).
    case latePaymentRate
    /// Months until suspension (clause 5).
    case monthsUntilSuspension
    /// Months until termination (clause 5).
    case monthsUntilTermination
    /// Months to object (clause 15).
    case objectionMonths
    /// The arbitration commission (clause 16).
    case arbitrationCommission
    /// The place of signing (clause 17).
    case signingPlace
    /// The customer's name.
    case customerName
    /// The customer's address.
    case customerAddress
    /// The customer's postcode.
    case customerPostcode
    /// The customer's phone number.
    case customerPhone
    /// The kind of the customer's identity document.
    case customerIDKind
    /// The number of the customer's identity document.
    case customerIDNumber
    /// The number of the agreement.
    case agreementNumber

    /// Blanks whose value the engine acts on: a version that leaves one out of its wording would bind a customer to what it does not say.
    static let required: [Blank] = [
        .providerName, .website, .warrantyYears, .latePaymentRate, .monthsUntilSuspension, .monthsUntilTermination,
        .objectionMonths,
        .arbitrationCommission, .customerName,
    ]
}

/// The values of blanks in one language.
public struct BlankValues: Sendable, Equatable {
    private var values: [Blank: String]

    /// What is written where no value is known yet, as on a form.
    public static let open = "＿＿＿＿"

    /// The provider's blanks; the customer's stay open.
    public init(_ terms: AgreementTerms) {
        let provider = terms.provider
        values = [
            .providerName: provider.name, .providerRepresentative: provider.legalRepresentative,
            .providerAddress: provider.address, .providerPhone: provider.phone, .providerUSCC: provider.uscc,
            .website: provider.website, .warrantyYears: "\(terms.warrantyYears)",
            .latePaymentRate: terms.latePaymentRate.number, .monthsUntilSuspension: "\(terms.monthsUntilSuspension)",
            .monthsUntilTermination: "\(terms.monthsUntilTermination)", .objectionMonths: "\(terms.objectionMonths)",
            .arbitrationCommission: terms.arbitrationCommission, .signingPlace: terms.signingPlace,
        ]
    }

    /// The value of a blank.
    public subscript(_ blank: Blank) -> String {
        get { values[blank] ?? Self.open }
        set { values[blank] = newValue }
    }
}

/// A stretch of a paragraph.
public struct TextRun: Sendable, Equatable {
    /// The words, blanks filled in.
    public let text: String
    /// Whether it must strike the eye.
    public let isConspicuous: Bool
}

/// The paragraphs of a wording with their blanks filled in. A value from outside is text and nothing else: braces and asterisks in it
/// mean nothing.
public func paragraphs(_ wording: String, _ values: BlankValues) -> [[TextRun]] {
    wording.split(separator: "\n").map { line in
        var runs: [TextRun] = []
        for (index, part) in line.split(separator: "**", omittingEmptySubsequences: false).enumerated() where !part.isEmpty {
            runs.append(TextRun(text: filled(part, values), isConspicuous: index % 2 == 1))
        }
        return runs
    }
}

/// A stretch with its blanks filled in; what is no known blank stays as it is written.
func filled(_ text: some StringProtocol, _ values: BlankValues) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
        result += rest[..<open]
        guard let close = rest[open...].firstIndex(of: "}"),
            let blank = Blank(rawValue: String(rest[rest.index(after: open)..<close]))
        else {
            result.append("{")
            rest = rest[rest.index(after: open)...]
            continue
        }
        result += values[blank]
        rest = rest[rest.index(after: close)...]
    }
    return result + rest
}
