import Basics
import Customers

/// 2026-11-23, the day of the tests.
let today = BusinessDate(clamping: 20_780)

extension PersonForm {
    /// Wang Xiuying, born 1991-01-01.
    static let valid = born("1991-01-01", "360426199101010071")

    static func born(_ date: String, _ number: String) -> PersonForm {
        PersonForm(
            legalName: "王秀英", birthDate: date, address: "北京市海淀区颐和园路5号", postcode: "100871", idNumber: number,
            phone: "13800138000")
    }
}

extension GuardianForm {
    static let valid = GuardianForm(legalName: "李伟", idNumber: "360426199101010071", phone: "13800138000", agrees: true)
}

extension OrganisationForm {
    static let valid = OrganisationForm(
        fullName: "北京见面科技有限公司", uscc: "91110000600037341L", legalRepresentative: "李伟", address: "北京市西城区金融大街1号",
        postcode: "100033", phone: "010-66668888", contactName: "王秀英")
}

/// The codes of a form's faults by field.
func faultsOf<T>(_ result: Result<T, FieldFaults>) -> [String: String] {
    guard case .failure(let faults) = result else { return [:] }
    return Dictionary(faults.all.map { ($0.field, $0.fault.code.rawValue) }) { first, _ in first }
}

/// 2026-11-23 09:00 in Shanghai.
let morning = Timestamp(milliseconds: 1_795_395_600_000)
