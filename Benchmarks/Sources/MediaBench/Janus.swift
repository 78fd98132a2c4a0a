import Foundation
import FoundationNetworking

/// Debian's Janus as the peer to measure against: started with a configuration of our own on loopback, stopped by its process id.
/// Each leg is one handle of its echo-test plug-in, so that like our bridge each packet that comes in goes out once.
final class Janus: ServerUnderTest {
    let name = "janus"
    private let process = Process()
    private let folder: URL
    private var handles: [String: (session: UInt64, handle: UInt64)] = [:]

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "janus-bench-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let port = 18088
        url = "http://127.0.0.1:\(port)/janus"
        for (name, text) in Self.configuration(port: port) {
            try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
        }
        process.executableURL = URL(fileURLWithPath: "/usr/bin/janus")
        process.arguments = ["-F", folder.path, "-C", folder.appending(path: "janus.jcfg").path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    private let url: String
    var processID: Int32 { process.processIdentifier }

    private static func configuration(port: Int) -> [String: String] {
        [
            "janus.jcfg": """
            general: { debug_level = 1, session_timeout = 0, interface = "127.0.0.1"
              transports_folder = "/usr/lib/x86_64-linux-gnu/janus/transports"
              plugins_folder = "/usr/lib/x86_64-linux-gnu/janus/plugins" }
            certificates: { }
            media: { ipv6 = false, rtp_port_range = "20000-40000" }
            nat: { ice_lite = true, ice_enforce_list = "lo", ice_ignore_list = "vmnet" , keep_private_host = true }
            plugins: { disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_lua.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_videoroom.so,libjanus_voicemail.so" }
            transports: { disable = "libjanus_websockets.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so" }
            """,
            "janus.transport.http.jcfg": """
            general: { json = "compact", base_path = "/janus", http = true, port = \(port), interface = "lo", https = false }
            admin: { admin_http = false }
            """,
        ]
    }

    /// Waits until it answers.
    func waitUntilReady() async throws {
        for _ in 0..<100 {
            if let reply = try? await get("/info"), reply["janus"] as? String == "server_info" { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw BenchError("Janus does not answer on \(url)")
    }

    func open(leg: String, call: String, offer: String) async throws -> String {
        let session = try Self.number(await post("", ["janus": "create"]), "data", "id")
        let handle = try Self.number(
            await post("/\(session)", ["janus": "attach", "plugin": "janus.plugin.echotest"]), "data", "id")
        handles[leg] = (session, handle)
        _ = try await post(
            "/\(session)/\(handle)",
            ["janus": "message", "body": ["audio": true, "video": true], "jsep": ["type": "offer", "sdp": offer]])
        for _ in 0..<50 {
            let event = try await get("/\(session)?maxev=1")
            if let jsep = event["jsep"] as? [String: Any], let sdp = jsep["sdp"] as? String { return sdp }
        }
        throw BenchError("Janus gave no answer to the offer")
    }

    /// The echo test needs no bridge: each leg hears itself.
    func bridge(_ a: String, _ b: String) async throws {}

    func close(leg: String) async throws {
        guard let (session, _) = handles.removeValue(forKey: leg) else { return }
        _ = try await post("/\(session)", ["janus": "destroy"])
    }

    func stop() async {
        // It does not always obey a polite signal while sessions are open, and it has nothing to save.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    // MARK: HTTP

    private func post(_ path: String, _ body: [String: Any]) async throws -> [String: Any] {
        var body = body
        body["transaction"] = UUID().uuidString
        var request = URLRequest(url: try address(path))
        request.httpMethod = "POST"
        request.httpBody = try JSONSerialization.data(withJSONObject: body)
        return try await send(request)
    }

    private func get(_ path: String) async throws -> [String: Any] { try await send(URLRequest(url: try address(path))) }

    private func address(_ path: String) throws -> URL {
        guard let full = URL(string: url + path) else { throw BenchError("bad address \(path)") }
        return full
    }

    private func send(_ request: URLRequest) async throws -> [String: Any] {
        let (data, _) = try await URLSession.shared.data(for: request)
        guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw BenchError("Janus answered with something else than an object")
        }
        if object["janus"] as? String == "error" { throw BenchError("Janus: \(object["error"] ?? "?")") }
        return object
    }

    private static func number(_ object: [String: Any], _ path: String...) throws -> UInt64 {
        var value: Any? = object
        for key in path { value = (value as? [String: Any])?[key] }
        guard let number = value as? NSNumber else { throw BenchError("Janus gave no \(path.joined(separator: "."))") }
        return number.uint64Value
    }
}
