internal import Basics
internal import Customers
internal import Foundation
internal import Storage

/// The work of telling everybody the same. What is told is in the job's subject, as JSON.
struct Broadcast: JobWork {
    static let kind = "broadcast"
    var kind: String { Self.kind }

    struct Content: Codable {
        var kind: String
        var key: String
        var parameters: [String: String]
    }

    func batch(of job: Job, in tx: any Transaction, at now: Timestamp) throws(Fault) -> JobProgress {
        guard let content = try? JSONDecoder().decode(Content.self, from: Data(job.subject.utf8)),
            let kind = NoticeKind(rawValue: content.kind)
        else { throw Fault(.noticeParameters, "the job's subject cannot be read") }
        let customers = try customersInOrder(
            after: job.cursor.isEmpty ? nil : CustomerID(trusted: job.cursor), enrolledUntil: job.startedAt,
            limit: NoticesLimits.customersPerBatch, in: tx)
        for customer in customers {
            _ = try giveNotice(
                to: customer, kind, content.parameters, clause: nil, key: content.key, in: tx, at: now)
        }
        let isLast = customers.count < NoticesLimits.customersPerBatch
        return JobProgress(done: customers.count, next: isLast ? nil : customers.last?.rawValue)
    }

    static func start(_ broadcast: EventBroadcast, by actor: String, in tx: any Transaction, at now: Timestamp) throws(Fault) {
        let content = Content(kind: broadcast.kind.rawValue, key: broadcast.key, parameters: broadcast.parameters)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(content) else { throw Fault(.noticeParameters, "a broadcast cannot be written") }
        _ = try startJob(
            kind: kind, subject: String(decoding: data, as: UTF8.self), total: try customerCount(enrolledUntil: now, in: tx),
            by: actor, in: tx, at: now)
    }
}
