import Access
import Basics
import Billing
import Hummingbird
import Notices
import Storage

/// How far a long work has come, for the bar that moves while a page is open.
struct StaffJobsAPI: Sendable {
    let parts: WebParts

    func add(to staff: RouterGroup<WebContext>) {
        staff.get("jobs/{id}") { request, context in try await read(try context.parameters.require("id"), request) }
        staff.get("bill-runs/{id}/progress") { request, context in
            try await billRun(try context.parameters.require("id"), request)
        }
    }

    /// A bill run: how many accounts have been looked at.
    private func billRun(_ id: String, _ request: Request) async throws -> Response {
        let desk = try await StaffDoor(parts: parts).desk(request)
        try desk.require(.viewBooks)
        guard let month = BusinessMonth(id),
            let run = try await desk.services.database.read({ tx throws(Fault) in try Billing.billRun(month, in: tx) })
        else { throw Fault(.webNotFound, "no such run") }
        return try JSONBody.response(
            JSONValue.object([
                "done": .integer(run.done), "total": .integer(max(run.total, run.done)), "isDone": .bool(run.isFinished),
                "words": .text(desk.words(of: run)),
            ]))
    }

    private func read(_ id: String, _ request: Request) async throws -> Response {
        let desk = try await StaffDoor(parts: parts).desk(request)
        try desk.require(.publishAgreement)
        guard let id = JobID(id) else { throw Fault(.webNotFound, "no such job") }
        let found = try await desk.services.database.read { tx throws(Fault) in try job(id, in: tx) }
        return try JSONBody.response(
            JSONValue.object([
                "done": .integer(Int64(found.done)), "total": .integer(Int64(found.total)), "state": .text(found.state.rawValue),
                "isDone": .bool(found.state == .done), "words": .text(desk.words(of: found)),
            ]))
    }
}

extension ConsoleDesk {
    /// Count, rate and time left of a job.
    func words(of job: Job) -> String {
        let counted = ["done": "\(job.done)", "total": "\(job.total)"]
        switch job.state {
        case .done: return text("console.job.done", counted)
        case .stopped: return text("console.job.stopped", counted)
        case .failed: return text("console.job.failed", counted.merging(["code": job.fault ?? ""]) { $1 })
        case .running: break
        }
        let seconds = max(1, now.milliseconds(since: job.startedAt) / 1000)
        guard job.done > 0 else { return text("console.job.begins", counted) }
        let left = Int64(max(0, job.total - job.done)) * seconds / Int64(job.done)
        let rate = Int64(job.done) / seconds
        return text("console.job.running", counted.merging(["rate": "\(rate)", "left": "\(left)"]) { $1 })
    }
}
