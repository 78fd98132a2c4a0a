import Foundation

/// A media server in a process of its own that the load generator can open legs on.
protocol ServerUnderTest: AnyObject {
    var name: String { get }
    var processID: Int32 { get }
    func waitUntilReady() async throws
    func open(leg: String, call: String, offer: String) async throws -> String
    func bridge(_ a: String, _ b: String) async throws
    func close(leg: String) async throws
    func stop() async
}

/// Something that keeps a benchmark from going on.
struct BenchError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// What a process has used, read from /proc.
struct ProcessUsage {
    let cpuSeconds: Double
    let residentBytes: Int

    init(of processID: Int32) throws {
        let stat = try String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)
        // The command's name may hold spaces; fields are counted from behind its closing parenthesis (utime is the 12th there).
        guard let end = stat.lastIndex(of: ")") else { throw BenchError("unreadable stat") }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 21, let user = Double(fields[11]), let system = Double(fields[12]), let pages = Int(fields[21])
        else {
            throw BenchError("unreadable stat")
        }
        cpuSeconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        residentBytes = pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
