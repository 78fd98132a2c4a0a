import Basics
import Logging
import Media
import Testing

/// The load generator against our own server in one process.
@Suite(.serialized) struct LoadTests {
    private struct Target: LoadTarget, Sendable {
        let server: MediaServer
        func open(leg: String, call: String, offer: String) async throws -> String {
            try await server.openLeg(LegID(trusted: leg), in: MediaCallID(trusted: call), offer: offer)
        }
        func bridge(_ a: String, _ b: String) async throws { _ = try await server.bridge(LegID(trusted: a), LegID(trusted: b)) }
        func close(leg: String) async throws { await server.closeLeg(LegID(trusted: leg)) }
    }

    @Test func `load flows both ways at the planned rate and is measured`() async throws {
        let server = try MediaServer(
            MediaConfiguration(workers: 1, bind: "127.0.0.1", pinsThreads: false),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let plan = LoadPlan(calls: 10, warmUpSeconds: 0.2, seconds: 1)
        let load = try await LoadGenerator.start(plan, against: Target(server: server))
        try await load.warmUp()
        let (report, _, _) = try await load.measure {}
        // Twenty devices, each 50 audio packets and 30 frames of about five packets a second.
        #expect((3200...4600).contains(report.sent))
        // A machine that is busy with other things may lose some of it.
        #expect(report.received > report.sent / 2)
        #expect(report.delays.count == report.received)
        await load.stop()
        #expect(await server.statistics().legs == 0)
        await server.shutDown()
    }

    @Test func `percentiles are right to three percent`() {
        var delays = DelayHistogram()
        for delay in Int64(1)...10_000 { delays.add(delay) }
        #expect(abs(delays.percentile(0.5) - 5000) < 150)
        #expect(abs(delays.percentile(0.99) - 9900) < 300)
        #expect(delays.percentile(1) == 10_000)
        #expect(DelayHistogram().percentile(0.5) == 0)
    }
}
