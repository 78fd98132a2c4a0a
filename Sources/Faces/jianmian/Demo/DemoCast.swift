import Agreement
import Customers
import Orders

/// Who lives in the demo provider. The first two are the ones that a newcomer tries: they have each other in their contacts.
enum DemoCast {
    /// One demo customer. The password is public by intention.
    struct Member {
        let name: String
        let number: String
        let password: String
        let language: Language
        /// Who they are; invented, as the numbers of their IDs are.
        let identity: PersonForm
        /// What they call the others: number and name.
        let contacts: [(number: String, name: String)]
    }

    /// The provider itself; invented.
    static let provider = ProviderParty(
        name: "见面通信(演示)有限公司", legalRepresentative: "林知远", address: "北京市海淀区中关村大街1号", phone: "010-60000000",
        uscc: "91110000600037341L", website: "https://jianmian.example")

    static let members = [grandmother, son, daughterInLaw, neighbour]

    private static let grandmother = Member(
        name: "王秀英", number: "60000001", password: "mudan-hua-01", language: .chinese,
        identity: PersonForm(
            legalName: "王秀英", birthDate: "1948-05-12", address: "北京市东城区东直门内大街9号院3号楼201", postcode: "100007",
            idNumber: "110101194805120022", employer: "",
            phone: "13910010001"),
        contacts: [("60000002", "儿子小伟"), ("60000003", "儿媳小敏"), ("60000004", "邻居陈晓")])
    private static let son = Member(
        name: "李伟", number: "60000002", password: "qing-song-02", language: .chinese,
        identity: PersonForm(
            legalName: "李伟", birthDate: "1976-11-08", address: "北京市朝阳区建国路88号5号楼1602", postcode: "100022",
            idNumber: "110105197611081132", employer: "北京远航软件有限公司",
            phone: "13910010002"),
        contacts: [("60000001", "妈妈"), ("60000003", "小敏"), ("60000004", "陈晓")])
    private static let daughterInLaw = Member(
        name: "张敏", number: "60000003", password: "hai-tang-03", language: .chinese,
        identity: PersonForm(
            legalName: "张敏", birthDate: "1979-03-20", address: "北京市朝阳区建国路88号5号楼1602", postcode: "100022",
            idNumber: "11010519790320224X", employer: "北京市第八中学",
            phone: "13910010003"),
        contacts: [("60000001", "婆婆"), ("60000002", "老公"), ("60000004", "陈晓")])
    private static let neighbour = Member(
        name: "陈晓", number: "60000004", password: "zhu-ye-qing-04", language: .english,
        identity: PersonForm(
            legalName: "陈晓", birthDate: "1985-10-01", address: "上海市徐汇区衡山路12号", postcode: "200031", idNumber: "310104198510013355",
            employer: "",
            phone: "13910010004"),
        contacts: [("60000001", "Wang Ayi"), ("60000002", "Li Wei")])

    /// What happened before the curtain rises. Times are of the provider's zone, so that nobody calls their grandmother at three
    /// in the morning.
    static let past = [
        PastCall(13, "09:12", from: 1, to: 2, .video, .talked(seconds: 763)),
        PastCall(12, "19:40", from: 2, to: 1, .video, .talked(seconds: 1_284)),
        PastCall(10, "08:05", from: 4, to: 1, .audio, .talked(seconds: 95)),
        PastCall(9, "20:21", from: 3, to: 1, .video, .noAnswer),
        PastCall(9, "20:48", from: 1, to: 3, .video, .talked(seconds: 912)),
        PastCall(7, "12:30", from: 2, to: 3, .audio, .talked(seconds: 41)),
        PastCall(6, "18:02", from: 1, to: 2, .video, .declined),
        PastCall(6, "18:37", from: 2, to: 1, .video, .talked(seconds: 1_502)),
        PastCall(4, "10:15", from: 1, to: 4, .audio, .talked(seconds: 187)),
        PastCall(3, "21:03", from: 4, to: 2, .video, .cancelled),
        PastCall(2, "19:55", from: 3, to: 1, .video, .talked(seconds: 648)),
        PastCall(1, "09:30", from: 2, to: 1, .video, .noAnswer),
        PastCall(1, "09:58", from: 1, to: 2, .video, .talked(seconds: 355)),
    ]

    /// A call that was made some days ago. Members are counted from one.
    struct PastCall {
        enum Course {
            case talked(seconds: Int64)
            case noAnswer
            case declined
            case cancelled
        }

        let daysAgo: Int64
        let minuteOfDay: Int64
        let caller: Int
        let callee: Int
        let kind: CallKind
        let course: Course

        init(_ daysAgo: Int64, _ clock: String, from caller: Int, to callee: Int, _ kind: CallKind, _ course: Course) {
            let parts = clock.split(separator: ":").compactMap { Int64($0) }
            self.daysAgo = daysAgo
            minuteOfDay = (parts.first ?? 0) * 60 + (parts.last ?? 0)
            self.caller = caller - 1
            self.callee = callee - 1
            self.kind = kind
            self.course = course
        }
    }
}
