import Basics
import Calls
import Lines
import NIOCore
import NIOWebSocket
import Orders
import ServiceLifecycle
import Testing
import Web

@Suite struct SignallingTests {
    @Test func `hello is answered with a welcome, and commands reach call control`() async throws {
        try await withWeb { web in
            let socket = try await TestSocket.open(web, try await web.customer("甲", "60000031"))
            let welcome = try await socket.hello()
            #expect(welcome["type"] == .text("welcome"))
            #expect(welcome["number"] == .text("60000031"))
            #expect(welcome["name"] == .text("甲"))
            #expect(welcome["resumed"] == .bool(false))
            #expect(welcome["now"] == .integer(web.clock.now().milliseconds))
            try await socket.send(
                [
                    "type": .text("dial"), "id": .integer(7), "call": .text("c1"), "to": .text("60000032"),
                    "kind": .text("video"), "sdp": .text("v=0"),
                ])
            #expect(try await socket.message() == ["type": .text("ok"), "re": .integer(7)])
            #expect(web.calls.commands == [.dial(CallID(trusted: "c1"), to: "60000032", kind: .video, sdp: "v=0")])
        }
    }

    @Test func `a refused command is answered with its code and its call`() async throws {
        try await withWeb { web in
            let socket = try await TestSocket.open(web, try await web.customer("甲", "60000033"))
            try await socket.hello()
            web.calls.refuse(with: Fault(.notANumber, "not a number"))
            try await socket.send(["type": .text("hangup"), "id": .integer(1), "call": .text("c9")])
            let error = try await socket.message()
            #expect(error["type"] == .text("error"))
            #expect(error["re"] == .integer(1))
            #expect(error["call"] == .text("c9"))
            #expect(error["code"] == .text("lines.not-a-number"))
        }
    }

    @Test func `a device that is turned away hears why and may try again`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("甲", "60000046")
            web.calls.turnAway(with: Fault(.webBusy, "the line has too many devices"))
            // A few on each socket: all have to be answered before its time to say hello is over, on a busy machine too.
            for _ in 0..<5 {
                let socket = try await TestSocket.open(web, browser)
                for number in 0..<4 {
                    #expect(try await socket.hello("device-\(number % 2)")["code"] == .text("web.busy"))
                }
                socket.cut()
            }
            let socket = try await TestSocket.open(web, browser)
            #expect(try await socket.hello()["code"] == .text("web.busy"))
            web.calls.turnAway(with: nil)
            #expect(try await socket.hello()["type"] == .text("welcome"))
        }
    }

    @Test func `a page that reconnects has every event once`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("甲", "60000034")
            let first = try await TestSocket.open(web, browser)
            guard case .text(let session) = try await first.hello()["session"] else { throw TestSocket.NotUpgraded() }
            for number in 1...3 { web.calls.tell(.ringing(CallID(trusted: "c\(number)"))) }
            #expect(try await first.message()["seq"] == .integer(1))
            #expect(try await first.message()["seq"] == .integer(2))
            first.cut()
            // While the page is away, two more things happen.
            web.calls.tell(.ringing(CallID(trusted: "c4")))
            web.calls.tell(.ringing(CallID(trusted: "c5")))
            let second = try await TestSocket.open(web, browser)
            let welcome = try await second.hello(resume: (session, 2))
            #expect(welcome["resumed"] == .bool(true))
            #expect(welcome["session"] == .text(session))
            for number in 3...5 {
                let event = try await second.message()
                #expect(event["seq"] == .integer(Int64(number)))
                #expect(event["call"] == .text("c\(number)"))
            }
            try await second.send(["type": .text("ack"), "seq": .integer(5)])
            // What was acknowledged cannot be had again.
            try await second.send(["type": .text("decline"), "id": .integer(1), "call": .text("c4")])
            _ = try await second.message()
            second.cut()
            let third = try await TestSocket.open(web, browser)
            #expect(try await third.hello(resume: (session, 2))["resumed"] == .bool(false))
        }
    }

    @Test func `a second page of the same device takes over`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("甲", "60000035")
            let first = try await TestSocket.open(web, browser)
            try await first.hello()
            let second = try await TestSocket.open(web, browser)
            try await second.hello()
            #expect(try await first.close() == .close(4002, "another page of this device has taken over"))
            web.calls.tell(.trying(CallID(trusted: "c1")))
            #expect(try await second.message()["type"] == .text("trying"))
        }
    }

    @Test func `another customer with the same device name is another device`() async throws {
        try await withWeb { web in
            let one = try await TestSocket.open(web, try await web.customer("甲", "60000036"))
            let other = try await TestSocket.open(web, try await web.customer("乙", "60000037"))
            try await one.hello("same")
            try await other.hello("same")
            #expect(Set(web.calls.devices).count == 2)
            web.calls.tell(.trying(CallID(trusted: "c1")))
            #expect(try await one.message()["type"] == .text("trying"))
        }
    }

    @Test func `signing out closes the socket`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("甲", "60000038")
            let socket = try await TestSocket.open(web, browser)
            try await socket.hello()
            #expect(try await browser.send("DELETE", "/api/v1/sessions/current").status == 204)
            #expect(try await socket.close() == .close(4001, "the sign-in session has ended"))
            #expect(web.calls.detached.count == 1)
        }
    }

    @Test func `a shutdown says so`() async throws {
        try await withWeb { web in
            let socket = try await TestSocket.open(web, try await web.customer("甲", "60000039"))
            try await socket.hello()
            await web.group.triggerGracefulShutdown()
            #expect(try await socket.close() == .close(1001, "the server is shutting down"))
        }
    }

    @Test func `who may not open the socket hears why`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("甲", "60000040")
            #expect(try await refused(web, browser, origin: "https://evil.example").hasPrefix("HTTP/1.1 403"))
            #expect(try await refused(web, browser, subprotocol: "other").hasPrefix("HTTP/1.1 426"))
            #expect(try await refused(web, web.browser()).hasPrefix("HTTP/1.1 401"))
            #expect(try await refused(web, browser, version: 12).hasPrefix("HTTP/1.1 426"))
            let own = ["Origin": "http://\(web.authority)", "Sec-WebSocket-Protocol": "jianmian.v1"]
            #expect(try await browser.get("/api/v1/signal").status == 403)
            #expect(try await web.browser().get("/api/v1/signal", own).status == 401)
            #expect(try await browser.get("/api/v1/signal", own).status == 426)
        }
    }

    @Test func `messages that make no sense get an error, and the socket stays`() async throws {
        try await withWeb { web in
            let socket = try await TestSocket.open(web, try await web.customer("甲", "60000041"))
            try await socket.send(["type": .text("hangup"), "call": .text("c1"), "id": .integer(1)])
            #expect(try await socket.message()["code"] == .text("signalling.hello"))
            try await socket.hello()
            let cases: [(String, String)] = [
                ("no json", "signalling.malformed"), ("[1,2]", "signalling.malformed"),
                (#"{"type":"nonsense"}"#, "signalling.unknown-type"),
                (#"{"type":"dial","call":"c1"}"#, "web.field"),
                (#"{"type":"dial","call":"a b","to":"1","kind":"video","sdp":""}"#, "web.field"),
                (#"{"type":"accept","call":"c1","kind":"smell","sdp":""}"#, "web.field"), (#"{"type":7}"#, "web.field"),
                (#"{"type":"hello","device":"d"}"#, "signalling.hello"),
                (String(repeating: "[", count: 5000), "signalling.malformed"),
            ]
            for (text, code) in cases {
                try await socket.send(text)
                #expect(try await socket.message()["code"] == .text(code), "\(text)")
            }
            #expect(web.calls.commands.isEmpty)
        }
    }

    @Test func `frames that break the protocol close the socket with the reason`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("甲", "60000042")
            let cases: [(UInt16, @Sendable (TestSocket) async throws -> Void)] = [
                (1003, { try await $0.send(.binary, ByteBuffer(string: "x")) }),
                (1002, { try await $0.send(.text, ByteBuffer(string: "{}"), masked: false) }),
                (1002, { try await $0.send(.text, ByteBuffer(string: "{}"), rsv1: true) }),
                (1002, { try await $0.send(.continuation, ByteBuffer(string: "{}")) }),
                (1007, { try await $0.send(.text, ByteBuffer(bytes: [0xC3, 0x28])) }),
                (1009, { try await $0.send(.text, ByteBuffer(repeating: 0x61, count: 1 << 20)) }),
                (1002, { try await $0.send(.connectionClose, ByteBuffer(bytes: [0x03, 0xED])) }),
                (1000, { try await $0.send(.connectionClose, ByteBuffer(bytes: [0x03, 0xE8])) }),
            ]
            for (code, misbehave) in cases {
                let socket = try await TestSocket.open(web, browser)
                try? await misbehave(socket)
                guard case .close(let got, _) = try await socket.close() else {
                    Issue.record("no close frame for \(code)")
                    continue
                }
                #expect(got == code)
            }
        }
    }

    @Test func `a fragmented message is put together, pings are answered`() async throws {
        try await withWeb { web in
            let socket = try await TestSocket.open(web, try await web.customer("甲", "60000043"))
            try await socket.send(.text, ByteBuffer(string: #"{"type":"hel"#), fin: false)
            try await socket.send(.ping, ByteBuffer(string: "are you there"))
            #expect(try await socket.next() == .pong("are you there"))
            try await socket.send(.continuation, ByteBuffer(string: #"lo","device":"d1"}"#))
            #expect(try await socket.message()["type"] == .text("welcome"))
        }
    }

    @Test func `a page that shouts is cut off`() async throws {
        try await withWeb { web in
            let socket = try await TestSocket.open(web, try await web.customer("甲", "60000044"))
            try await socket.hello()
            socket.shout(["type": .text("report")], times: 120)
            #expect(try await socket.close() == .close(1008, "too many messages"))
        }
    }

    @Test func `a device that acknowledges nothing is cut off, not fed for ever`() async throws {
        try await withWeb { web in
            let socket = try await TestSocket.open(web, try await web.customer("甲", "60000045"))
            try await socket.hello()
            for number in 0...600 { web.calls.tell(.ringing(CallID(trusted: "c\(number)"))) }
            #expect(try await socket.close() == .close(4003, "too many events wait for an acknowledgement"))
        }
    }

    /// The whole answer to an upgrade that the server refuses, after which it must close.
    private func refused(
        _ web: TestWeb, _ browser: TestBrowser, origin: String? = nil, subprotocol: String = "jianmian.v1", version: Int = 13
    ) async throws -> String {
        try await exchange(
            port: web.port,
            "GET /api/v1/signal HTTP/1.1\r\nHost: \(web.authority)\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Origin: \(origin ?? "http://\(web.authority)")\r\nCookie: \(browser.cookies)\r\nSec-WebSocket-Version: \(version)\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: \(subprotocol)\r\n\r\n")
    }

    @Test func `an upgrade to anything else is ignored`() async throws {
        try await withWeb { web in
            let answer = try await exchange(
                port: web.port,
                "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n", patience: .seconds(2))
            #expect(answer.hasPrefix("HTTP/1.1 200"))
        }
    }
}
