import Access
import Basics
import Calls
import Customers
import Lines
import Storage
import Synchronization

/// What one socket says and hears, message by message: hello first, then commands.
final class SignalConversation: Sendable {
    private let admission: SocketAdmission
    private let services: WebServices
    private let hub: SignalHub
    private let words: Words
    private let outbox: SocketOutbox
    private let session = Mutex<SignalSession?>(nil)

    init(admission: SocketAdmission, services: WebServices, hub: SignalHub, words: Words, outbox: SocketOutbox) {
        self.admission = admission
        self.services = services
        self.hub = hub
        self.words = words
        self.outbox = outbox
    }

    /// Whether hello has been said.
    var isOpen: Bool { session.withLock { $0 != nil } }

    /// Events of the device that have not been written to this socket.
    func takeEvents() -> [String] { session.withLock { $0 }?.takeUnsent() ?? [] }

    /// Answers one message. Never throws: what is wrong with a message becomes an `error` reply.
    func receive(_ text: String) async {
        let message = ClientMessage(text)
        do throws(Fault) {
            try await act(try message.body.get(), re: message.id)
        } catch {
            services.metrics.count("error", error.code.rawValue)
            let problem = Problem(error, admission.language, words)
            outbox.put(.text(EventMessage.error(error, re: message.id, call: message.call, message: problem.detail)))
        }
    }

    /// The socket has closed, for whatever reason.
    func socketClosed() async {
        guard let session = session.withLock({ $0 }) else { return }
        await hub.closed(session, outbox)
    }

    private func act(_ body: ClientMessage.Body, re: JSONValue?) async throws(Fault) {
        guard let session = session.withLock({ $0 }) else {
            guard case .hello(let hello) = body else { throw Fault(.signallingHello, "say hello first") }
            return try await open(hello)
        }
        switch body {
        case .hello: throw Fault(.signallingHello, "hello has been said; open another socket for another device")
        case .acknowledge(let seq): session.acknowledge(seq)
        case .report: services.metrics.count("received", "report")
        case .command(let command):
            services.metrics.count("received", command.name)
            try await hub.calls.handle(command, from: session.owner.device)
            if let re { outbox.put(.text(EventMessage.ok(re: re))) }
        }
    }

    private func open(_ hello: ClientMessage.Hello) async throws(Fault) {
        let (admission, now) = (admission, services.clock.now())
        let (name, line) = try await services.database.read { tx throws(Fault) -> (DisplayName, Line) in
            let party = try customer(signingInAs: admission.principal, in: tx)
            return (party.name, try WebParts.line(of: party.id, in: tx))
        }
        let owner = SignalOwner(
            principal: admission.principal, signIn: admission.signIn, line: line.id, ownDeviceName: hello.device)
        try await services.database.write { tx throws(Fault) in
            _ = try noteDevice(owner.device, named: hello.deviceName, on: line.id, in: tx, at: now)
        }
        let (session, resumed) = try hub.open(owner, resume: hello.resume, outbox: outbox)
        let calls: [CallSnapshot]
        do throws(Fault) {
            calls = try await hub.calls.attach(device: owner.device, line: line.id, channel: session)
        } catch {
            // Nobody would end a session that was never told to this socket.
            await hub.closed(session, outbox)
            throw error
        }
        outbox.put(
            .text(
                EventMessage.welcome(
                    session: session.id, resumed: resumed, now: services.clock.now(), number: line.number.digits,
                    name: name.text, calls: calls)))
        // Only now may events follow: the writer asks this conversation's session for them.
        self.session.withLock { $0 = session }
        outbox.poke()
        services.metrics.count("received", resumed ? "hello-resumed" : "hello")
    }
}

extension DeviceCommand {
    /// The message's type, for figures.
    var name: String {
        switch self {
        case .dial: "dial"
        case .accept: "accept"
        case .decline: "decline"
        case .hangUp: "hangup"
        case .offer: "offer"
        }
    }
}
