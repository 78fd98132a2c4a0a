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
        /// What they call the others: number and name.
        let contacts: [(number: String, name: String)]
    }

    static let members = [grandmother, son, daughterInLaw, neighbour]

    private static let grandmother = Member(
        name: "王秀英", number: "60000001", password: "mudan-hua-01", language: .chinese,
        contacts: [("60000002", "儿子小伟"), ("60000003", "儿媳小敏"), ("60000004", "邻居陈晓")])
    private static let son = Member(
        name: "李伟", number: "60000002", password: "qing-song-02", language: .chinese,
        contacts: [("60000001", "妈妈"), ("60000003", "小敏"), ("60000004", "陈晓")])
    private static let daughterInLaw = Member(
        name: "张敏", number: "60000003", password: "hai-tang-03", language: .chinese,
        contacts: [("60000001", "婆婆"), ("60000002", "老公"), ("60000004", "陈晓")])
    private static let neighbour = Member(
        name: "陈晓", number: "60000004", password: "zhu-ye-qing-04", language: .english,
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
