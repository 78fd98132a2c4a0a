public import Basics

/// Checks what a person typed about themselves on a day. Either everything fits, or every field that does not is named.
///
/// A person under 18 needs a guardian who agrees (民法典 art. 17–19); under 14 the guardian also agrees to the child's data being handled
/// (个人信息保护法 art. 31).
public func checkPerson(_ form: PersonForm, on today: BusinessDate) -> Result<PersonIdentity, FieldFaults> {
    var check = FormCheck()
    let name = check.read("legalName", form.legalName, legalName)
    let birth = check.read("birthDate", form.birthDate) { typed throws(Fault) in try birthDate(typed, on: today) }
    let idKind = check.read("idKind", form.idKind, idKind)
    let number = idKind.flatMap { kind in
        check.read("idNumber", form.idNumber) { typed throws(Fault) in try idNumber(typed, of: kind, bornOn: birth, on: today) }
    }
    let address = check.read("address", form.address, postalAddress)
    let postcode = check.read("postcode", form.postcode, postcode)
    let phone = check.read("phone", form.phone, contactPhone)
    let employer = check.readOptional("employer", form.employer, organisationName)
    var guardian: Guardian?
    if let birth, isMinor(bornOn: birth, on: today) {
        guardian = readGuardian(form.guardian, child: number, bornOn: birth, on: today, &check)
    }
    guard let name, let birth, let idKind, let number, let address, let postcode, let phone, let employer, check.faults.isEmpty
    else { return .failure(FieldFaults(all: check.faults)) }
    return .success(
        PersonIdentity(
            legalName: name, birthDate: birth, address: address, postcode: postcode, idKind: idKind, idNumber: number,
            employer: employer, phone: phone, guardian: guardian))
}

/// Checks what was typed about an organisation.
public func checkOrganisation(_ form: OrganisationForm) -> Result<OrganisationIdentity, FieldFaults> {
    var check = FormCheck()
    let name = check.read("fullName", form.fullName, organisationName)
    let code = check.read("uscc", form.uscc, unifiedCode)
    let representative = check.read("legalRepresentative", form.legalRepresentative, legalName)
    let address = check.read("address", form.address, postalAddress)
    let postcode = check.read("postcode", form.postcode, postcode)
    let phone = check.read("phone", form.phone, contactPhone)
    let contact = check.read("contactName", form.contactName, legalName)
    guard let name, let code, let representative, let address, let postcode, let phone, let contact, check.faults.isEmpty else {
        return .failure(FieldFaults(all: check.faults))
    }
    return .success(
        OrganisationIdentity(
            fullName: name, uscc: code, legalRepresentative: representative, address: address, postcode: postcode, phone: phone,
            contactName: contact))
}

private func readGuardian(
    _ form: GuardianForm, child: String?, bornOn birth: BusinessDate, on today: BusinessDate, _ check: inout FormCheck
) -> Guardian? {
    let needsChildConsent = isUnderFourteen(bornOn: birth, on: today)
    let name = check.read("guardian.legalName", form.legalName, legalName)
    let kind = check.read("guardian.idKind", form.idKind, idKind)
    let number = kind.flatMap { kind in
        check.read("guardian.idNumber", form.idNumber) { typed throws(Fault) in
            try guardianNumber(typed, of: kind, child: child, on: today)
        }
    }
    let phone = check.read("guardian.phone", form.phone, contactPhone)
    check.ticked("guardian.agrees", form.agrees, else: .guardianConsent)
    if needsChildConsent { check.ticked("guardian.agreesToChildData", form.agreesToChildData, else: .childConsent) }
    guard let name, let kind, let number, let phone else { return nil }
    return Guardian(
        legalName: name, idKind: kind, idNumber: number, phone: phone,
        agreedToChildData: needsChildConsent && form.agreesToChildData)
}

/// A guardian is somebody else, and where their ID tells their age, of age.
private func guardianNumber(_ typed: String, of kind: IDKind, child: String?, on today: BusinessDate) throws(Fault) -> String {
    let number = try idNumber(typed, of: kind, bornOn: nil, on: today)
    guard number != child else { throw Fault(.guardianIsChild, "the guardian's ID is the minor's own") }
    if let birth = birthDate(in: number, of: kind), isMinor(bornOn: birth, on: today) {
        throw Fault(.guardianMinor, "the guardian is under 18")
    }
    return number
}
