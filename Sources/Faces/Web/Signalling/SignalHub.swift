import Access
import Basics
import Calls
import Crypto
import Foundation
import Lines
import Synchronization

/// Whose signalling session it is.
struct SignalOwner: Sendable, Equatable {
    let principal: PrincipalID
    let signIn: SessionID
    let line: LineID
    /// The device under its line: what one customer's page calls itself cannot collide with another's.
    let device: DeviceID

    init(principal: PrincipalID, signIn: SessionID, line: LineID, ownDeviceName: String) {
        self.principal = principal
        self.signIn = signIn
        self.line = line
        let digest = SHA256.hash(data: Data("\(line.rawValue) \(ownDeviceName)".utf8)).prefix(13)
        device = DeviceID(trusted: "d" + hexadecimal(digest))
    }
}

/// All signalling sessions of this process: one per device.
final class SignalHub: Sendable {
    private let sessions = Mutex<[DeviceID: SignalSession]>([:])
    let calls: any SignallingCalls

    init(calls: any SignallingCalls) { self.calls = calls }

    /// Binds a socket to its device's session: the one it asks to resume if that still has all it lacks, else a new one. An earlier
    /// page of the same device is closed.
    func open(_ owner: SignalOwner, resume: (session: String, seq: Int64)?, outbox: SocketOutbox) throws(Fault) -> (
        SignalSession, resumed: Bool
    ) {
        let existing = sessions.withLock { $0[owner.device] }
        if let existing, let resume, existing.id == resume.session, existing.owner == owner,
            existing.bind(outbox, resumingAfter: resume.seq)
        {
            return (existing, true)
        }
        let session = SignalSession(owner: owner)
        let earlier = try sessions.withLock { sessions throws(Fault) in
            let own = sessions.values.count { $0.owner.principal == owner.principal && $0.owner.device != owner.device }
            guard sessions.count < SignallingLimits.sessions, own < SignallingLimits.sessionsPerPrincipal else {
                throw Fault(.webTooMany, "too many signalling sessions")
            }
            return sessions.updateValue(session, forKey: owner.device)
        }
        _ = earlier?.end(closing: .replaced)
        _ = session.bind(outbox, resumingAfter: 0)
        return (session, false)
    }

    /// A socket has closed: the device is away from now on, and gone when it has not come back in time.
    func closed(_ session: SignalSession, _ outbox: SocketOutbox) async {
        guard let epoch = session.unbind(outbox) else { return }
        await calls.detach(device: session.owner.device)
        if session.isBound {
            _ = try? await calls.attach(device: session.owner.device, line: session.owner.line, channel: session)
        }
        Task {
            try? await Task.sleep(for: SignallingLimits.resumeWindow)
            guard session.end(unlessBoundSince: epoch) else { return }
            self.forget(session)
        }
    }

    /// Ends the sockets of a sign-in session that has ended.
    func signedOut(_ signIn: SessionID) async {
        let ending = sessions.withLock { $0.values.filter { $0.owner.signIn == signIn } }
        for session in ending {
            _ = session.end(closing: .signedOut)
            forget(session)
            await calls.detach(device: session.owner.device)
        }
    }

    private func forget(_ session: SignalSession) {
        sessions.withLock { sessions in
            if sessions[session.owner.device] === session { sessions[session.owner.device] = nil }
        }
    }
}
