import Basics
import Logging
import Media
import Testing

@Suite struct MediaServerTests {
    static let configuration = MediaConfiguration(workers: 2, bind: "127.0.0.1", pinsThreads: false)
    static let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    @Test func `a server binds a port for each worker and stops when told`() async throws {
        let server = try MediaServer(Self.configuration, logger: Self.silent)
        #expect(server.ports.count == 2)
        #expect(Set(server.ports).count == 2)
        #expect(await server.statistics() == MediaStatistics())
        await server.shutDown()
        for await _ in server.events {}
        #expect(await server.statistics().legs == 0, "a stopped server answers, with nothing")
    }

    @Test func `a port that is taken is a fault that names it`() async throws {
        let first = try MediaServer(Self.configuration, logger: Self.silent)
        var second = Self.configuration
        second.firstPort = first.ports[0]
        second.workers = 1
        #expect(throws: Fault(.bindFailed, "")) { try MediaServer(second, logger: Self.silent) }
        await first.shutDown()
    }
}
