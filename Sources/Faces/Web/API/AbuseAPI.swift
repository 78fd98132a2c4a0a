import Basics
import Customers
import Hummingbird
import Lines
import Storage

/// Reports of misuse (clause 3), from the call screen and from the history.
struct AbuseAPI: Sendable {
    let parts: WebParts

    private struct Item: Encodable {
        var id: String
        var category: String
        var text: String
        var call: String?
        var state: String
        var reportedAt: Int64

        init(_ report: AbuseReport) {
            id = report.id.rawValue
            category = report.category.rawValue
            text = report.words
            call = report.call?.rawValue
            state = report.state.rawValue
            reportedAt = report.reportedAt.milliseconds
        }
    }

    func add(to api: RouterGroup<WebContext>) {
        api.post("abuse-reports") { request, _ in try await report(request) }
        api.get("abuse-reports") { request, _ in try await list(request) }
    }

    private func report(_ request: Request) async throws -> Response {
        let member = try await parts.member(request)
        var body = try await parts.body(request)
        let id: AbuseReportID = try body.identifier("id")
        let number = try parseNumber(try body.text("number", atMost: 128))
        let call: CallID? = try body.optionalIdentifier("call")
        guard let category = AbuseReport.Category(rawValue: try body.text("category", atMost: 32)) else {
            throw Fault.field("category", "is not one that is known")
        }
        let words = try body.text("text", atMost: WebLimits.wordsBytes)
        try body.finish()
        let now = parts.services.clock.now()
        let report = try await parts.services.database.write { tx throws(Fault) in
            try reportAbuse(
                ReportAbuseRequest(
                    id: id, customer: member.customer.id, reporter: member.line.id, number: number, call: call,
                    category: category, words: words),
                in: tx, at: now)
        }
        return try JSONBody.response(Item(report), status: .created)
    }

    private func list(_ request: Request) async throws -> Response {
        let member = try await parts.member(request)
        let reports = try await parts.services.database.read { tx throws(Fault) in
            try abuseReports(by: member.customer.id, in: tx)
        }
        return try JSONBody.response(["reports": reports.map(Item.init)])
    }
}
