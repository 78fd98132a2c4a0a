internal import Basics
internal import CMediaShims
internal import Synchronization

/// Makes load on a media server: many calls between real devices (ICE, DTLS, SRTP over loopback or a network), all on one thread.
///
/// Bounded in what it makes by its plan and in time by its owner: it sends until ``stop()``.
public final class LoadGenerator: Sendable {
    private let plan: LoadPlan
    private let mailbox = Mailbox<LoadFleet>()
    private let target: any LoadTarget & Sendable

    private init(_ plan: LoadPlan, _ target: any LoadTarget & Sendable) {
        self.plan = plan
        self.target = target
    }

    /// Opens all legs on the target, bridges the calls and waits until every device is connected.
    public static func start(_ plan: LoadPlan, against target: some LoadTarget & Sendable) async throws -> LoadGenerator {
        let generator = LoadGenerator(plan, target)
        let mailbox = generator.mailbox
        let body = ThreadBody {
            JMNameThread("load")
            _ = JMPinThread(Int32(plan.core))
            LoadFleet(plan: plan, mailbox: mailbox).run()
        }
        guard body.start() != nil else { throw Fault(.mediaOverloaded, "the system gives no thread") }
        let offers = try await generator.run { (fleet) throws(Fault) in try fleet.makeDevices() }
        for call in 0..<plan.calls {
            for side in 0..<2 {
                let index = call * 2 + side
                let answer = try await target.open(leg: Self.leg(index), call: "call\(call)", offer: offers[index])
                try await generator.run { (fleet) throws(Fault) in try fleet.start(index, answer: answer) }
            }
            try await target.bridge(Self.leg(call * 2), Self.leg(call * 2 + 1))
        }
        try await generator.waitUntilConnected()
        return generator
    }

    private func waitUntilConnected() async throws {
        for _ in 0..<150 {
            let (connected, failed) = try await run { fleet in
                (fleet.devices.count(where: \.isConnected), fleet.devices.count(where: \.hasFailed))
            }
            if connected == plan.calls * 2 { return }
            guard failed == 0 else { throw Fault(.mediaOverloaded, "\(failed) load devices failed to connect") }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Fault(.mediaOverloaded, "not every load device connected within 15 s")
    }

    /// Sends without measuring, until codecs, caches and clocks have settled.
    public func warmUp() async throws { try await Task.sleep(for: .seconds(plan.warmUpSeconds)) }

    /// Measures for the plan's time; `sample` is taken at the beginning and at the end of it, for what the server has used.
    public func measure<T>(_ sample: () throws -> T) async throws -> (report: LoadReport, before: T, after: T) {
        let seconds = plan.seconds
        let before = try sample()
        try await run { fleet in fleet.beginMeasuring(seconds: seconds) }
        try await Task.sleep(for: .seconds(seconds))
        let after = try sample()
        try await run { fleet in fleet.endMeasuring() }
        // What was sent at the very end may still be on its way.
        try await Task.sleep(for: .milliseconds(300))
        return (try await run { fleet in fleet.report(seconds: seconds) }, before, after)
    }

    /// Closes the legs and ends the thread.
    public func stop() async {
        for index in 0..<(plan.calls * 2) { try? await target.close(leg: Self.leg(index)) }
        _ = mailbox.post({ fleet in fleet?.isStopping = true }, always: true)
    }

    private static func leg(_ index: Int) -> String { "leg\(index)" }

    private func run<T: Sendable>(_ body: @escaping @Sendable (LoadFleet) throws(Fault) -> T) async throws(Fault) -> T {
        try await mailbox.run(body)
    }
}
