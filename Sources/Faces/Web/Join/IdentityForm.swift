import Basics
import Customers

/// What somebody typed about themselves, read from JSON.
enum IdentityForm: Sendable {
    case person(PersonForm, consents: Set<ConsentPurpose>)
    case organisation(OrganisationForm, consents: Set<ConsentPurpose>)

    init(_ body: inout JSONReader, of party: PartyKind) throws(Fault) {
        let agrees = try body.optionalBool("consent") ?? false
        switch party {
        case .person:
            let form = try Self.person(&body)
            var consents: Set<ConsentPurpose> = agrees ? [.identityCheck] : []
            if form.guardian.agreesToChildData { consents.insert(.childData) }
            self = .person(form, consents: consents)
        case .organisation:
            self = .organisation(try Self.organisation(&body), consents: agrees ? [.identityCheck] : [])
        }
        try body.finish()
    }

    var consents: Set<ConsentPurpose> {
        switch self {
        case .person(_, let consents), .organisation(_, let consents): consents
        }
    }

    /// The identity, or every field that is at fault.
    func checked(on today: BusinessDate) -> Result<Customers.Identity, FieldFaults> {
        switch self {
        case .person(let form, _): checkPerson(form, on: today).map(Customers.Identity.person)
        case .organisation(let form, _): checkOrganisation(form).map(Customers.Identity.organisation)
        }
    }

    private static func person(_ body: inout JSONReader) throws(Fault) -> PersonForm {
        var form = PersonForm(
            legalName: try typed("legalName", &body), birthDate: try typed("birthDate", &body),
            address: try typed("address", &body), postcode: try typed("postcode", &body), idKind: try typed("idKind", &body),
            idNumber: try typed("idNumber", &body), employer: try typed("employer", &body), phone: try typed("phone", &body))
        if var guardian = try body.optionalObject("guardian") {
            form.guardian = GuardianForm(
                legalName: try typed("legalName", &guardian), idKind: try typed("idKind", &guardian),
                idNumber: try typed("idNumber", &guardian), phone: try typed("phone", &guardian),
                agrees: try guardian.optionalBool("agrees") ?? false,
                agreesToChildData: try guardian.optionalBool("agreesToChildData") ?? false)
            try guardian.finish()
        }
        return form
    }

    private static func organisation(_ body: inout JSONReader) throws(Fault) -> OrganisationForm {
        OrganisationForm(
            fullName: try typed("fullName", &body), uscc: try typed("uscc", &body),
            legalRepresentative: try typed("legalRepresentative", &body), address: try typed("address", &body),
            postcode: try typed("postcode", &body), phone: try typed("phone", &body), contactName: try typed("contactName", &body)
        )
    }

    /// A field that is not there is an empty one: the check names it with all others. One that is too long is named by the check, too.
    private static func typed(_ name: String, _ body: inout JSONReader) throws(Fault) -> String {
        try body.optionalText(name, atMost: WebLimits.bodyBytes) ?? ""
    }
}
