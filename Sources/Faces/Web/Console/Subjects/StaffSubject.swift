import Access
import Basics
import Storage

/// Staff administration: who works here, as what, with which second factor.
extension ConsoleSubject {
    static let staff = ConsoleSubject(
        key: "members", permission: .manageStaff, icon: "people",
        columns: ["name", "signInName", "roles", "secondFactor", "since", "state"].map { ConsoleColumn($0) },
        filters: [
            ConsoleFilter(key: "state", kind: "staffState", values: ["working", "left"]),
            ConsoleFilter(key: "role", kind: "role", values: Role.allCases.map(\.rawValue)),
        ],
        acts: { _ in [ConsoleOffer(StaffActs.add)] },
        rows: { desk, query, tx throws(Fault) in
            let everybody = try listStaff(by: try desk.act("console.reading.list"), in: tx)
            let wanted = query.filters["role"].flatMap { Role(rawValue: $0) }
            return ConsoleRows(everybody.filter { wanted.map($0.roles.contains) ?? true }.map { row($0, query, desk) })
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = StaffID(id), let one = try findStaff(id, in: tx) else {
                throw Fault(.webNotFound, "no such member of the staff")
            }
            return try sheet(one, desk, tx)
        })

    private static func state(of one: Staff) -> String { one.endedAt == nil ? "working" : "left" }

    private static func row(_ one: Staff, _ query: ListQuery, _ desk: ConsoleDesk) -> ConsoleRow {
        let roles = one.roles.map(\.rawValue).sorted()
        return ConsoleRow(
            id: one.id.rawValue, link: "/console/members/\(one.id)",
            cells: [
                ConsoleCell(one.name), ConsoleCell(one.signInName),
                ConsoleCell(roles.map { desk.value("role", $0) }.joined(separator: ", "), value: .array(roles.map { .text($0) })),
                desk.cell(one.secondFactorSince), desk.cell(one.since),
                desk.badge("staffState", state(of: one), one.endedAt == nil ? .good : .plain),
            ],
            marks: ["state": state(of: one), "role": query.filters["role"] ?? ""])
    }

    private static func sheet(_ one: Staff, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleSheet {
        let sessions = try listStaffSessions(of: one, in: tx, at: desk.now)
        let roles = one.roles.map(\.rawValue).sorted()
        let offers = [
            ConsoleOffer(StaffActs.roles, id: one.id.rawValue, prefill: ["roles": roles.joined(separator: ",")]),
            ConsoleOffer(StaffActs.password, id: one.id.rawValue), ConsoleOffer(StaffActs.factor, id: one.id.rawValue),
            ConsoleOffer(StaffActs.end, id: one.id.rawValue, parameters: ["name": one.name]),
        ]
        return ConsoleSheet(
            title: one.name, lead: roles.map { desk.value("role", $0) }.joined(separator: ", "),
            badge: desk.badge("staffState", state(of: one), one.endedAt == nil ? .good : .plain),
            acts: one.endedAt == nil ? offers : [],
            sections: [
                ConsoleSection(
                    key: "member",
                    facts: [
                        .init("id", ConsoleCell(one.id.rawValue)), .init("signInName", ConsoleCell(one.signInName)),
                        .init("since", desk.cell(one.since)), .init("secondFactor", desk.cell(one.secondFactorSince)),
                        .init("endedAt", desk.cell(one.endedAt)),
                    ]),
                ConsoleSection(
                    key: "permissions",
                    table: .init(
                        columns: ["permission"],
                        rows: Permission.allCases.filter { wanted in one.roles.contains { $0.permissions.contains(wanted) } }.map
                        {
                            ConsoleRow(
                                id: $0.rawValue,
                                cells: [ConsoleCell(desk.value("permission", $0.rawValue), value: .text($0.rawValue))])
                        })),
                ConsoleSection(
                    key: "sessions",
                    table: .init(
                        columns: ["device", "since", "seenAt"],
                        rows: sessions.map { session in
                            ConsoleRow(
                                id: session.id.rawValue,
                                cells: [ConsoleCell(session.device), desk.cell(session.createdAt), desk.cell(session.lastSeenAt)])
                        })),
                try desk.timeline(of: ["staff:\(one.id)"], actor: "staff:\(one.id)", in: tx),
            ])
    }
}

/// What an administrator does to the staff.
enum StaffActs {
    static let all = [add, roles, password, factor, end]
    private static let allRoles = Role.allCases.map(\.rawValue)

    static let add = ConsoleAct(
        key: "members.add", permission: .manageStaff, path: "members",
        fields: [
            ActField("name", .line(120)), ActField("signInName", .line(64)), ActField("roles", .several("role", allRoles)),
            ActField("password", .secret),
        ],
        perform: { desk, act, values in
            let new = try NewStaff(name: values.text("name"), signInName: values.text("signInName"), roles: chosen(values))
            let password = try NewPassword(values.text("password"), signInName: new.signInName)
            let hash = try await desk.services.hasher.hash(password)
            let staff = try await desk.services.database.write { tx throws(Fault) in
                try addStaff(new, password: hash, by: act, in: tx, at: desk.now)
            }
            return ["id": .text(staff.id.rawValue), "next": .text("/console/members/\(staff.id)")]
        })

    static let roles = ConsoleAct(
        key: "members.roles", permission: .manageStaff, path: "members/{id}/roles",
        fields: [ActField("roles", .several("role", allRoles))],
        perform: { desk, act, values in
            let (id, roles): (StaffID, Set<Role>) = (try values.identifier(), chosen(values))
            try await desk.services.database.write { tx throws(Fault) in
                _ = try changeStaffRoles(of: id, to: roles, by: act, in: tx, at: desk.now)
            }
            return [:]
        })

    static let password = ConsoleAct(
        key: "members.password", permission: .manageStaff, path: "members/{id}/password", fields: [ActField("password", .secret)],
        isDangerous: true,
        perform: { desk, act, values in
            let id: StaffID = try values.identifier()
            let name = try await desk.services.database.read { tx throws(Fault) in try findStaff(id, in: tx)?.signInName ?? "" }
            let hash = try await desk.services.hasher.hash(try NewPassword(values.text("password"), signInName: name))
            try await desk.services.database.write { tx throws(Fault) in
                try resetStaffPassword(of: id, to: hash, by: act, in: tx, at: desk.now)
            }
            return [:]
        })

    static let factor = ConsoleAct(
        key: "members.factor", permission: .manageStaff, path: "members/{id}/second-factor/reset", isDangerous: true,
        perform: { desk, act, values in
            let id: StaffID = try values.identifier()
            try await desk.services.database.write { tx throws(Fault) in
                try resetSecondFactor(of: id, by: act, in: tx, at: desk.now)
            }
            return [:]
        })

    static let end = ConsoleAct(
        key: "members.end", permission: .manageStaff, path: "members/{id}/end", isDangerous: true,
        perform: { desk, act, values in
            let id: StaffID = try values.identifier()
            try await desk.services.database.write { tx throws(Fault) in _ = try endStaff(id, by: act, in: tx, at: desk.now) }
            return [:]
        })

    private static func chosen(_ values: ActValues) -> Set<Role> {
        Set(values.several("roles").compactMap { Role(rawValue: $0) })
    }
}
