import Access
import Basics
import Customers
import Foundation
import Hummingbird
import NIOCore
import Storage

/// `/api/v1/staff`: what the console's pages show and do, for programs. The routes are made of the same subjects and acts.
struct StaffAPI: Sendable {
    let parts: WebParts
    private let uploads = UploadPlaces()
    private var door: StaffDoor { StaffDoor(parts: parts) }

    func add(to api: RouterGroup<WebContext>) {
        let staff = api.group("staff")
        StaffSessionsAPI(parts: parts).add(to: staff)
        StaffEvidenceAPI(parts: parts).add(to: staff)
        StaffCaseAPI(parts: parts).add(to: staff)
        StaffVersionsAPI(parts: parts).add(to: staff)
        StaffJobsAPI(parts: parts).add(to: staff)
        staff.get("work") { request, _ in try await work(request) }
        for subject in ConsoleSubject.all {
            staff.get(RouterPath(subject.key)) { request, _ in try await list(subject, request) }
            guard subject.sheet != nil else { continue }
            staff.get(RouterPath("\(subject.key)/{id}")) { request, context in
                let desk = try await door.desk(request)
                let sheet = try await desk.read(subject, try context.parameters.require("id"))
                return try JSONBody.response(SheetModel(sheet: sheet, desk: desk).json)
            }
        }
        for act in ConsoleAct.all {
            staff.post(RouterPath(act.path)) { request, context in
                try await perform(act, context.parameters.get("id") ?? "", context.parameters.get("part") ?? "", request)
            }
            guard act.preview != nil else { continue }
            staff.post(RouterPath("\(act.path)/preview")) { request, context in
                try await preview(act, context.parameters.get("id") ?? "", context.parameters.get("part") ?? "", request)
            }
        }
    }

    private func work(_ request: Request) async throws -> Response {
        let desk = try await door.desk(request)
        let queues = try await desk.services.database.read { tx throws(Fault) in try WorkModel.queues(for: desk, in: tx) }
        let items = queues.map { queue in
            JSONValue.members([
                "queue": .text(queue.subject.key), "count": .integer(Int64(queue.count)),
                "oldest": queue.waiting.first?.waitsSince.map { .integer($0.milliseconds) },
            ])
        }
        return try JSONBody.response(["queues": JSONValue.array(items)])
    }

    private func list(_ subject: ConsoleSubject, _ request: Request) async throws -> Response {
        let desk = try await door.desk(request)
        let found = try await desk.find(subject, ListQuery(request, filters: subject.filters.map(\.key)))
        return try JSONBody.response(found.json)
    }

    private func perform(_ act: ConsoleAct, _ id: String, _ part: String, _ request: Request) async throws -> Response {
        let desk = try await door.desk(request)
        try desk.require(act.permission)
        do {
            let asked: ConsoleAct.Asked
            if let most = act.fileBytes {
                asked = try await file(of: request, atMost: most, id: id, part: part)
            } else {
                asked = try act.read(try await parts.body(request), id: id, part: part)
            }
            let staffAct = try StaffAct(staff: desk.staff, roles: desk.roles, purpose: asked.purpose)
            return try JSONBody.response(try await act.perform(desk, staffAct, asked.values))
        } catch let wrong as FieldErrors {
            return try refusal(wrong, desk)
        }
    }

    /// A file is the body as it is; what it is for and its name stand in the address.
    private func file(of request: Request, atMost most: Int, id: String, part: String) async throws -> ConsoleAct.Asked {
        let tooLarge = Fault(.webTooLarge, "the file is larger than \(most) bytes", ["limit": "\(most)"])
        guard request.headers[.contentLength].flatMap({ Int($0) }) ?? 0 <= most else { throw tooLarge }
        func value(_ name: Substring) -> String {
            request.uri.queryParameters[name].map(String.init)?.removingPercentEncoding ?? ""
        }
        let bytes = try await uploads.occupying {
            try await within(WebLimits.uploadDeadline) {
                do {
                    return Array(try await request.body.collect(upTo: most).readableBytesView)
                } catch is NIOTooManyBytesError {
                    throw tooLarge
                }
            }
        }
        let name = String(value("name").prefix(WebLimits.fileNameCharacters))
        return ConsoleAct.Asked(
            purpose: value("purpose"), values: ActValues(id: id, part: part, file: bytes, values: ["name": .text(name)]))
    }

    /// What an act would do, in the reader's words and for programs; nothing is kept.
    private func preview(_ act: ConsoleAct, _ id: String, _ part: String, _ request: Request) async throws -> Response {
        let desk = try await door.desk(request)
        try desk.require(act.permission)
        do {
            let asked = try act.read(try await parts.body(request), id: id, part: part, isPreview: true)
            let staffAct = try StaffAct(staff: desk.staff, roles: desk.roles, purpose: asked.purpose)
            let facts = try await act.preview?(desk, staffAct, asked.values) ?? []
            let lines = facts.map { fact in
                JSONValue.object([
                    "key": .text(fact.key), "name": .text(desk.text("console.fact.\(fact.key)")), "text": .text(fact.cell.text),
                    "value": fact.cell.value, "tone": .text((fact.cell.tone ?? .plain).rawValue),
                ])
            }
            return try JSONBody.response(["lines": JSONValue.array(lines)])
        } catch let wrong as FieldErrors {
            return try refusal(wrong, desk)
        }
    }

    /// Problem+json that names every field that is wrong.
    private func refusal(_ wrong: FieldErrors, _ desk: ConsoleDesk) throws -> Response {
        let first = wrong.errors.first?.fault ?? Fault(.webJSON, "nothing is wrong")
        let problem = Problem(first, desk.language, desk.words)
        let errors = wrong.errors.map { error in
            JSONValue.object([
                "field": .text(error.field), "code": .text(error.fault.code.rawValue),
                "detail": .text(Problem(error.fault, desk.language, desk.words).detail),
            ])
        }
        let body = JSONValue.object([
            "type": .text(problem.type), "title": .text(problem.title), "status": .integer(Int64(problem.status)),
            "code": .text(problem.code), "detail": .text(problem.detail), "errors": .array(errors),
            "parameters": .object(problem.parameters.mapValues { .text($0) }),
        ])
        return try JSONBody.response(body, status: first.status, type: "application/problem+json")
    }
}
