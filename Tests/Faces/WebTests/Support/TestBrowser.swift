import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Web

/// An answer as it came over the wire.
struct TestAnswer: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: String

    subscript(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }

    /// The body as JSON.
    var json: [String: JSONValue] {
        guard case .object(let members) = try? JSONDecoder().decode(JSONValue.self, from: Data(body.utf8)) else { return [:] }
        return members
    }

    init(parsing text: String) {
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = (parts.first ?? "").components(separatedBy: "\r\n")
        status = lines.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0
        headers = lines.dropFirst().map { line in
            let pair = line.split(separator: ":", maxSplits: 1)
            return (String(pair.first ?? ""), (pair.dropFirst().first ?? "").trimmingCharacters(in: .whitespaces))
        }
        body = parts.count > 1 ? String(parts[1]) : ""
    }
}

/// Sends bytes and returns everything that comes back until the server closes, or nothing more comes for `patience`.
func exchange(port: Int, _ bytes: String, patience: Duration = .seconds(60)) async throws -> String {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: "127.0.0.1", port: port) {
        channel in
        channel.eventLoop.makeCompletedFuture {
            try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
    }
    let received = Mutex(ByteBuffer())
    let timer = Task {
        try await Task.sleep(for: patience)
        channel.channel.close(promise: nil)
    }
    defer { timer.cancel() }
    // A server that closes early resets the connection; what came before counts.
    try? await channel.executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: bytes))
        for try await buffer in inbound { received.withLock { _ = $0.writeImmutableBuffer(buffer) } }
    }
    return received.withLock { String(buffer: $0) }
}

/// A browser's cookies and CSRF token around plain HTTP/1.1.
final class TestBrowser: Sendable {
    let port: Int
    private let jar = Mutex<[String: String]>([:])
    private let token = Mutex<String?>(nil)

    init(port: Int) { self.port = port }

    var cookies: String { jar.withLock { $0.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ") } }
    func forgetCookies() { jar.withLock { $0 = [:] } }

    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> TestAnswer {
        try await raw("GET", path, headers: headers, body: nil)
    }

    /// A writing request as our own pages make it.
    func send(_ method: String, _ path: String, _ body: [String: JSONValue] = [:], _ extra: [String: String] = [:]) async throws
        -> TestAnswer
    {
        var headers = [
            "Origin": "http://127.0.0.1:\(port)", "Content-Type": "application/json", "X-Jianmian-CSRF": try await csrf(),
        ]
        headers.merge(extra) { _, new in new }
        return try await raw(method, path, headers: headers, body: JSONValue.object(body).rendered)
    }

    /// Sends a file as it is.
    func post(file: String, to path: String) async throws -> TestAnswer {
        let headers = [
            "Origin": "http://127.0.0.1:\(port)", "Content-Type": "application/pdf", "X-Jianmian-CSRF": try await csrf(),
        ]
        return try await raw("POST", path, headers: headers, body: file)
    }

    /// A request with exactly these headers, besides Host, Connection, Cookie and Content-Length.
    func raw(_ method: String, _ path: String, headers: [String: String], body: String?) async throws -> TestAnswer {
        var text = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
        if !cookies.isEmpty { text += "Cookie: \(cookies)\r\n" }
        for (name, value) in headers where !value.isEmpty { text += "\(name): \(value)\r\n" }
        if let body { text += "Content-Length: \(body.utf8.count)\r\n" }
        let answer = TestAnswer(parsing: try await exchange(port: port, text + "\r\n" + (body ?? "")))
        for header in answer.headers where header.name.lowercased() == "set-cookie" {
            let pair = header.value.split(separator: ";")[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            jar.withLock { $0[String(pair[0])] = pair[1].isEmpty ? nil : String(pair[1]) }
        }
        return answer
    }

    func csrf() async throws -> String {
        if let known = token.withLock({ $0 }) { return known }
        guard case .text(let learnt) = try await get("/api/v1/csrf").json["token"] else { return "" }
        token.withLock { $0 = learnt }
        return learnt
    }
}
