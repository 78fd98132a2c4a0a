public import Customers

extension ContractParty {
    /// The customer as the document names them, from the data that were checked.
    public init(_ identity: Identity) {
        switch identity {
        case .person(let person):
            self.init(
                kind: .person, name: person.legalName, address: person.address, postcode: person.postcode, phone: person.phone,
                idKind: person.idKind.wording, idNumber: person.idNumber, representative: person.guardian?.legalName)
        case .organisation(let organisation):
            self.init(
                kind: .organisation, name: organisation.fullName, address: organisation.address, postcode: organisation.postcode,
                phone: organisation.phone,
                idKind: Wording(zh: "统一社会信用代码", en: "Unified social credit code"), idNumber: organisation.uscc,
                representative: organisation.legalRepresentative)
        }
    }
}

extension IDKind {
    /// What it is called in a document.
    var wording: Wording {
        switch self {
        case .residentID: Wording(zh: "居民身份证", en: "Resident identity card")
        case .passport: Wording(zh: "护照", en: "Passport")
        case .hkMacauPermit: Wording(zh: "港澳居民来往内地通行证", en: "Hong Kong and Macau residents' permit")
        case .taiwanPermit: Wording(zh: "台湾居民来往大陆通行证", en: "Taiwan residents' permit")
        case .foreignPermanentResident: Wording(zh: "外国人永久居留身份证", en: "Foreign permanent resident card")
        case .militaryID: Wording(zh: "军人或武警身份证件", en: "Military or armed police identity card")
        }
    }
}
