import Basics
import Customers
import Testing

@Suite("What a person types about themselves")
struct PersonFormTests {
    @Test func aCompleteFormIsAcceptedAndNormalised() throws {
        var form = PersonForm.valid
        form.idNumber = " ３６０４２６ 19910101 0071 "
        form.phone = "+86 138-0013-8000"
        form.postcode = "１００８７１"
        form.employer = "  北京大学 "
        let person = try checkPerson(form, on: today).get()
        #expect(person.idNumber == "360426199101010071")
        #expect(person.phone == "13800138000")
        #expect(person.postcode == "100871")
        #expect(person.employer == "北京大学")
        #expect(person.guardian == nil)
        #expect(person.birthDate == BusinessDate("1991-01-01"))
    }

    @Test func allThatIsWrongIsNamedAtOnce() throws {
        let form = PersonForm(
            legalName: "a\u{202E}b", birthDate: "1991-02-30", address: "x", postcode: "1234", idNumber: "36042619910101007X",
            employer: "<script>", phone: "12345")
        let faults = faults(form)
        #expect(
            faults == [
                "legalName": "customers.name-character", "birthDate": "customers.date", "address": "customers.address",
                "postcode": "customers.postcode", "idNumber": "customers.resident-id-checksum",
                "employer": "customers.name-character", "phone": "customers.phone",
            ])
        #expect(
            self.faults(PersonForm()) == [
                "legalName": "customers.missing", "birthDate": "customers.missing", "address": "customers.missing",
                "postcode": "customers.missing", "idNumber": "customers.missing", "phone": "customers.missing",
            ])
    }

    /// 3·7 + 6·9 + 0 + 4·5 + 2·8 + 6·4 + 1·2 + 9·1 + 9·6 + 1·3 + 0 + 1·9 + 0 + 1·5 + 0 + 0 + 7·2 = 231 = 21·11, and the first of
    /// `10X98765432` is 1.
    @Test(arguments: [
        ("王秀英", "王秀英"), ("阿卜杜拉・买买提", "阿卜杜拉·买买提"), ("  Zhang   Min ", "Zhang Min"), ("O'Brien-Łukasz", "O'Brien-Łukasz"),
        ("𠮷野家", "𠮷野家"), ("Zoe\u{308} M.", "Zo\u{EB} M."),
    ])
    func namesAsOnTheID(typed: String, kept: String) throws {
        var form = PersonForm.valid
        form.legalName = typed
        #expect(try checkPerson(form, on: today).get().legalName == kept)
    }

    /// Arabic and Cyrillic look-alikes, zero-width, direction, control, mixed scripts, digits, a dot in the wrong place.
    @Test(arguments: [
        ("محمد", "customers.name-character"), ("王\u{200B}秀", "customers.name-character"),
        ("王\u{202E}秀英", "customers.name-character"),
        ("\u{430}bc", "customers.name-character"), ("王Smith", "customers.name-character"), ("Smith王", "customers.name-character"),
        ("王秀英1", "customers.name-character"), ("王", "customers.legal-name"), ("·王秀", "customers.name-character"),
        ("王·", "customers.legal-name"), ("王··秀", "customers.legal-name"), ("王\n秀英", "customers.name-character"),
        ("📞📞", "customers.name-character"), (String(repeating: "王", count: 81), "customers.name-too-long"),
        (String(repeating: "王", count: 10_000), "customers.text-too-long"), ("-- --", "customers.legal-name"),
    ])
    func namesThatNoIDHas(typed: String, fault: String) {
        var form = PersonForm.valid
        form.legalName = typed
        #expect(faults(form)["legalName"] == fault)
    }

    @Test(arguments: [
        ("13800138000", "13800138000"), ("(010) 6666-8888", "01066668888"), ("0571-87654321", "057187654321"),
        ("0851 2345678", "08512345678"), ("400-800-1234", "4008001234"), ("+852 5123 4567", "+85251234567"),
        ("00852 51234567", "+85251234567"), ("+86 10 66668888", "01066668888"), ("１３８００１３８０００", "13800138000"),
    ])
    func phonesAreKeptInOneForm(typed: String, kept: String) throws {
        var form = PersonForm.valid
        form.phone = typed
        #expect(try checkPerson(form, on: today).get().phone == kept)
    }

    @Test(arguments: [
        "12800138000", "1380013800", "138001380000", "66668888", "0066", "+1", "+0852512345", "abc", "+1234567890123456", "110",
    ])
    func whatIsNoPhoneIsRefused(typed: String) {
        var form = PersonForm.valid
        form.phone = typed
        #expect(faults(form) == ["phone": "customers.phone"])
    }

    @Test(arguments: ["12345", "1234567", "12345a", "000000", "-"]) func whatIsNoPostcodeIsRefused(typed: String) {
        var form = PersonForm.valid
        form.postcode = typed
        #expect(faults(form) == ["postcode": "customers.postcode"])
    }

    private func faults(_ form: PersonForm) -> [String: String] { faultsOf(checkPerson(form, on: today)) }
}

@Suite("Minors and their guardians")
struct MinorTests {
    /// Born 2008-11-23: eighteen on 2026-11-23. Born a day later: seventeen that day.
    @Test func onTheEighteenthBirthdayNobodyElseIsNeeded() throws {
        #expect(throws: Never.self) { try checkPerson(.born("2008-11-23", "110101200811230023"), on: today).get() }
        let faults = faultsOf(checkPerson(.born("2008-11-24", "110101200811240029"), on: today))
        #expect(faults["guardian.legalName"] == "customers.missing")
        #expect(faults["guardian.agrees"] == "customers.guardian-consent")
        #expect(faults["guardian.agreesToChildData"] == nil)
    }

    @Test func aGuardianWhoAgreesMakesItRight() throws {
        var form = PersonForm.born("2008-11-24", "110101200811240029")
        form.guardian = .valid
        let guardian = try #require(try checkPerson(form, on: today).get().guardian)
        #expect(guardian.idNumber == "360426199101010071" && guardian.phone == "13800138000" && !guardian.agreedToChildData)
    }

    /// Born 2012-11-24 is thirteen on 2026-11-23.
    @Test func underFourteenTheGuardianAgreesToTheDataToo() throws {
        var form = PersonForm.born("2012-11-24", "110101201211240011")
        form.guardian = .valid
        #expect(faultsOf(checkPerson(form, on: today)) == ["guardian.agreesToChildData": "customers.child-consent"])
        form.guardian.agreesToChildData = true
        #expect(try checkPerson(form, on: today).get().guardian?.agreedToChildData == true)
        let birthday = try #require(BusinessDate("2026-11-24"))
        form.guardian.agreesToChildData = false
        #expect(throws: Never.self) { try checkPerson(form, on: birthday).get() }
    }

    @Test func aGuardianIsSomebodyElseAndOfAge() {
        var form = PersonForm.born("2008-11-24", "110101200811240029")
        form.guardian = .valid
        form.guardian.idNumber = "110101200811240029"
        #expect(faultsOf(checkPerson(form, on: today)) == ["guardian.idNumber": "customers.guardian-is-child"])
        form.guardian.idNumber = "110101201211240011"
        #expect(faultsOf(checkPerson(form, on: today)) == ["guardian.idNumber": "customers.guardian-minor"])
    }

    @Test func whoWasBornOnTheLeapDayIsOfAgeOnTheTwentyEighth() throws {
        let leap = try #require(BusinessDate("2008-02-29"))
        #expect(age(bornOn: leap, on: try #require(BusinessDate("2026-02-27"))) == 17)
        #expect(age(bornOn: leap, on: try #require(BusinessDate("2026-02-28"))) == 18)
        #expect(age(bornOn: leap, on: try #require(BusinessDate("2028-02-28"))) == 19)
        #expect(age(bornOn: leap, on: try #require(BusinessDate("2028-02-29"))) == 20)
    }
}

@Suite("What an organisation types")
struct OrganisationFormTests {
    @Test func aCompleteFormIsAccepted() throws {
        let organisation = try checkOrganisation(.valid).get()
        #expect(organisation.uscc == "91110000600037341L" && organisation.fullName == "北京见面科技有限公司")
    }

    @Test(
        arguments: [
            ("91110000600037341L", nil), ("91110000600037341K", "customers.uscc-checksum"),
            ("91110000600037314L", "customers.uscc-checksum"),
            ("9111000060003734IL", "customers.uscc"), ("91110000600037341", "customers.uscc"),
            ("9111A000600037341L", "customers.uscc"),
            ("91110000 6000-37341l", nil), ("91310000MA1FL0000N", nil),
        ] as [(String, String?)])
    func theCodeIsChecked(code: String, fault: String?) {
        var form = OrganisationForm.valid
        form.uscc = code
        #expect(faultsOf(checkOrganisation(form))["uscc"] == fault)
    }

    @Test func allThatIsWrongIsNamedAtOnce() {
        let faults = faultsOf(checkOrganisation(OrganisationForm()))
        #expect(Set(faults.keys) == ["fullName", "uscc", "legalRepresentative", "address", "postcode", "phone", "contactName"])
        #expect(Set(faults.values) == ["customers.missing"])
        var form = OrganisationForm.valid
        form.fullName = "北京<b>见面</b>"
        #expect(faultsOf(checkOrganisation(form)) == ["fullName": "customers.name-character"])
        form.fullName = "123"
        #expect(faultsOf(checkOrganisation(form)) == ["fullName": "customers.organisation-name"])
    }
}
