import ArgumentParser
import Basics
import Foundation
import Notices
import Storage

/// `jianmian jobs`: work over all customers, such as announcing a version, with its progress. The running service does the work.
struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Show the jobs over all customers and how far they are.")

    @OptionGroup var flags: SettingFlags
    @Flag(help: "Look again every second until no job is running.") var follow = false

    func run() async throws {
        try await withExistingDatabase(flags) { database in
            var jobs = try await Self.print(from: database)
            while follow, jobs.contains(where: { $0.state == .running }) {
                try await Task.sleep(for: .seconds(1))
                jobs = try await Self.print(from: database)
            }
        }
    }

    private static func print(from database: any Database) async throws(Fault) -> [Job] {
        let jobs = try await database.read { tx throws(Fault) in try listJobs(in: tx) }
        for job in jobs { Swift.print(line(job)) }
        if jobs.isEmpty { Swift.print("There are no jobs.") }
        fflush(nil)
        return jobs
    }

    /// Bar, share, count and state of one job.
    private static func line(_ job: Job) -> String {
        let filled = job.permille / 50
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled)
        let trouble = job.fault.map { ", last fault \($0)" } ?? ""
        return
            "[\(bar)] \(job.permille / 10) %  \(job.done) of \(job.total)  \(job.kind) \(job.subject): \(job.state.rawValue)\(trouble)"
    }
}
