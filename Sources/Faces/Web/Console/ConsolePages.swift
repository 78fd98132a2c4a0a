import Access
import Basics
import Customers
import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// The pages of the staff: signing in, work to do, and for every subject its list, its sheets and its CSV.
struct ConsolePages: Sendable {
    let parts: WebParts
    private var door: StaffDoor { StaffDoor(parts: parts) }

    func add(to router: Router<WebContext>) {
        router.get("console") { request, _ in try await work(request) }
        router.get("console/sign-in") { request, _ in try await signIn(request) }
        for subject in ConsoleSubject.all {
            router.get(RouterPath("console/\(subject.key)")) { request, _ in try await list(subject, request) }
            router.get(RouterPath("console/\(subject.key).csv")) { request, _ in try await csv(subject, request) }
            guard subject.sheet != nil else { continue }
            router.get(RouterPath("console/\(subject.key)/{id}")) { request, context in
                try await sheet(subject, try context.parameters.require("id"), request)
            }
        }
    }

    // MARK: Signing in

    private func signIn(_ request: Request) async throws -> Response {
        if try await door.deskIfAny(request) != nil { return .redirect(to: "/console", type: .normal) }
        let language = Language(of: request)
        var model: [String: Any] = ["page": "console-sign-in", "title": parts.words.text("console.signIn.title", language) ?? ""]
        let staff = (parts.configuration.demo?.staff ?? []).map { one in
            ["signInName": one.signInName, "password": one.password, "words": one.name]
        }
        model["hasDemo"] = !staff.isEmpty
        model["demoStaff"] = staff
        return try parts.renderer.page("console/sign-in", model, for: request)
    }

    /// Sends whoever is not signed in to sign in, and back afterwards.
    private func answer(_ request: Request, _ make: @Sendable (ConsoleDesk) async throws -> Response) async throws -> Response {
        guard let desk = try await door.deskIfAny(request) else {
            return .redirect(to: "/console/sign-in?next=\(request.uri.path)", type: .normal)
        }
        return try await make(desk)
    }

    // MARK: Pages

    private func work(_ request: Request) async throws -> Response {
        try await answer(request) { desk in
            let queues = try await desk.services.database.read { tx throws(Fault) in try WorkModel.queues(for: desk, in: tx) }
            let work = WorkModel(desk: desk, queues: queues)
            return try render("work", work.model, title: desk.text("console.work"), here: "work", desk, request)
        }
    }

    private func list(_ subject: ConsoleSubject, _ request: Request) async throws -> Response {
        try await answer(request) { desk in
            let found = try await desk.find(subject, ListQuery(request, filters: subject.filters.map(\.key)))
            return try render(
                "list", found.model, title: desk.text("console.title.\(subject.key)"), here: subject.key, desk, request)
        }
    }

    private func sheet(_ subject: ConsoleSubject, _ id: String, _ request: Request) async throws -> Response {
        try await answer(request) { desk in
            let sheet = try await desk.read(subject, id)
            var model = SheetModel(sheet: sheet, desk: desk).model
            model["upPath"] = subject.path
            model["upWords"] = desk.text("console.title.\(subject.key)")
            return try render(sheet.template ?? "sheet", model, title: sheet.title, here: subject.key, desk, request)
        }
    }

    private func csv(_ subject: ConsoleSubject, _ request: Request) async throws -> Response {
        let desk = try await door.desk(request)
        let query = ListQuery(request, filters: subject.filters.map(\.key))
        let purpose = subject.hasPersonalData ? try desk.act(said: request.uri.queryParameters["purpose"]).purpose : nil
        let rows = try await desk.everything(subject, query)
        let count = Int64(rows.count)
        try await desk.services.database.write { tx throws(Fault) in
            try appendJournal(
                JournalEntry(
                    at: desk.now, actor: "staff:\(desk.staff)", action: "list.exported", subject: "list:\(subject.key)",
                    after: journalState(["rows": .number(count), "purpose": .optional(purpose)])), in: tx)
        }
        let header = subject.columns.map { desk.text("console.column.\($0.key)") }
        let data = CSVText.file(header: header, rows: rows.map { $0.cells.map { $0.whole ?? $0.text } })
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"\(subject.key)-\(desk.zone.date(of: desk.now)).csv\"",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }

    private func render(
        _ template: String, _ model: [String: Any], title: String, here: String, _ desk: ConsoleDesk, _ request: Request
    ) throws -> Response {
        var all = model
        all["page"] = "console"
        all["title"] = title
        all["me"] = desk.name
        all["myRoles"] = desk.roles.map { desk.value("role", $0.rawValue) }.sorted().joined(separator: " · ")
        all["mayFind"] = desk.may(.viewCustomers)
        let work: [String: Any] = [
            "key": "work", "path": "/console", "icon": "check", "words": desk.text("console.work"), "isHere": here == "work",
        ]
        let subjects = ConsoleSubject.all.filter { $0.isFor(desk) }
        all["nav"] =
            [work]
            + subjects.map { subject in
                [
                    "key": subject.key, "path": subject.path, "icon": subject.icon,
                    "words": desk.text("console.title.\(subject.key)"), "isHere": here == subject.key,
                ]
            }
        return try parts.renderer.page("console/\(template)", all, for: request)
    }
}

extension ConsoleDesk {
    /// A page of a list.
    func find(_ subject: ConsoleSubject, _ query: ListQuery) async throws(Fault) -> ListModel {
        if !subject.isFor(self) { try require(subject.permission) }
        let rows = try await services.database.read { tx throws(Fault) in try subject.rows(self, query, tx) }
        return ListModel(subject: subject, desk: self, query: query, page: rows.page(query, columns: subject.columns))
    }

    /// One thing's sheet.
    func read(_ subject: ConsoleSubject, _ id: String) async throws(Fault) -> ConsoleSheet {
        if !subject.isFor(self) { try require(subject.permission) }
        guard let sheet = subject.sheet else { throw Fault(.webNotFound, "\(subject.key) have no pages of their own") }
        var found = try await services.database.read { tx throws(Fault) in try sheet(self, id, tx) }
        // What may not be done is not shown; the use cases refuse it anyway.
        found.acts.removeAll { !may($0.act.permission) }
        for index in found.sections.indices { found.sections[index].acts.removeAll { !may($0.act.permission) } }
        return found
    }

    /// All rows that a question finds, for CSV.
    func everything(_ subject: ConsoleSubject, _ query: ListQuery) async throws(Fault) -> [ConsoleRow] {
        if !subject.isFor(self) { try require(subject.permission) }
        var (all, query): ([ConsoleRow], ListQuery) = ([], query)
        query.page = 1
        while all.count < ConsoleLimits.csvRows {
            let asked = query
            let rows = try await services.database.read { tx throws(Fault) in try subject.rows(self, asked, tx) }
            all += rows.page(query, columns: subject.columns, size: ConsoleLimits.listRows).rows
            if let next = rows.paged?.next {
                query.after = next
            } else if all.count < rows.paged?.total ?? 0, !rows.rows.isEmpty {
                query.page += 1
            } else {
                break
            }
        }
        return all
    }
}
