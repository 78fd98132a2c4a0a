import Basics
import Logging
import Media
import RTC

/// A media server with two devices on one call, all on loopback, for tests.
final class TestCall {
    let server: MediaServer
    let a: TestDevice
    let b: TestDevice
    let legA = LegID.random()
    let legB = LegID.random()
    let call = MediaCallID.random()

    init(a: TestDevice? = nil, b: TestDevice? = nil) throws {
        server = try MediaServer(
            MediaConfiguration(workers: 1, bind: "127.0.0.1", pinsThreads: false),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        self.a = try a ?? TestDevice(first: 1000)
        self.b = try b ?? TestDevice(first: 2000)
    }

    /// A call whose both devices are connected and bridged.
    static func connected() async throws -> TestCall {
        let call = try TestCall()
        try call.a.accept(await call.server.openLeg(call.legA, in: call.call, offer: call.a.offer()))
        try call.b.accept(await call.server.openLeg(call.legB, in: call.call, offer: call.b.offer()))
        _ = try await call.server.bridge(call.legA, call.legB)
        guard await call.run({ call.a.isConnected && call.b.isConnected }) else { throw Fault(.mediaStopped, "not connected") }
        return call
    }

    /// Steps both devices until `done` or for at most `seconds`, by default longer than a busy machine needs; whether it was done.
    @discardableResult
    func run(seconds: Double = 20, _ done: () -> Bool = { false }) async -> Bool {
        let end = TestDevice.now + .microseconds(Int64(seconds * 1_000_000))
        while TestDevice.now < end {
            a.step()
            b.step()
            if done() { return true }
            try? await Task.sleep(for: .milliseconds(1))
        }
        return done()
    }

    /// The next event that is not about quality.
    func nextEvent() async -> MediaEvent? {
        for await event in server.events {
            if case .quality = event { continue }
            return event
        }
        return nil
    }

    func end() async { await server.shutDown() }
}
