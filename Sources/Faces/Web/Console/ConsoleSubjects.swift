/// Everything that staff work on, in the order of the navigation.
extension ConsoleSubject {
    static let all: [ConsoleSubject] = [.abuse, .journal, .staff]

    /// The page of a subject of the journal, by the beginning of its name there.
    static let pages = ["staff": "members", "abuse": "abuse", "customer": "customers", "order": "orders"]
}

/// Everything that staff do.
extension ConsoleAct {
    static let all: [ConsoleAct] = AbuseActs.all + StaffActs.all
}
