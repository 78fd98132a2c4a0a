public import Basics
internal import CryptoExtras
internal import Dispatch
internal import Foundation
internal import Synchronization

/// Computes scrypt on threads of its own, never on an event loop and never inside a transaction: one check takes tens of milliseconds.
///
/// One per process. Each lane is a thread; a bounded number of checks may wait, more are refused as `access.busy`.
public final class PasswordHasher: Sendable {
    private let parameters: ScryptParameters
    private let lanes: [DispatchQueue]
    private let waiting = Mutex<(count: Int, started: Int)>((0, 0))

    /// Makes a hasher with some lanes, by default half as many as the machine has cores, so that a crowd at the door leaves the
    /// other half to the calls. Every lane uses 32 MiB at the standard cost while it works.
    public init(parameters: ScryptParameters = .standard, lanes: Int? = nil) {
        self.parameters = parameters
        let count = max(1, lanes ?? ProcessInfo.processInfo.activeProcessorCount / 2)
        self.lanes = (0..<count).map { DispatchQueue(label: "access.password.\($0)") }
    }

    /// Derivations begun since the hasher was made: what an observer could time.
    package var derivations: Int { waiting.withLock { $0.started } }

    /// Hashes a new password under a fresh salt.
    public func hash(_ password: NewPassword) async throws(Fault) -> PasswordHash {
        try await hash(bytes: password.bytes)
    }

    /// Checks a password. Without a stored hash (an unknown number) the same work is done and the answer is no, so that the time
    /// does not tell which numbers exist.
    package func verify(_ password: String, against stored: PasswordHash?) async throws(Fault) -> Bool {
        let dummy = PasswordHash(
            parameters: parameters, salt: Array(repeating: 0, count: PasswordHash.saltBytes),
            key: Array(repeating: 0, count: PasswordHash.keyBytes))
        let hash = stored ?? dummy
        let bytes = Array(normalised(password).utf8)
        let key = try await derive(bytes, salt: hash.salt, hash.parameters)
        return hash.matches(key) && stored != nil
    }

    /// The hash to store instead of an older one with other parameters; nil when it is up to date.
    package func renewed(_ stored: PasswordHash, _ password: String) async throws(Fault) -> PasswordHash? {
        guard stored.parameters != parameters else { return nil }
        return try await hash(bytes: Array(normalised(password).utf8))
    }

    private func hash(bytes: [UInt8]) async throws(Fault) -> PasswordHash {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<PasswordHash.saltBytes).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return PasswordHash(parameters: parameters, salt: salt, key: try await derive(bytes, salt: salt, parameters))
    }

    private func derive(_ password: [UInt8], salt: [UInt8], _ cost: ScryptParameters) async throws(Fault) -> [UInt8] {
        let lane = try enter()
        defer { waiting.withLock { $0.count -= 1 } }
        let key = await withCheckedContinuation { continuation in
            lane.async { continuation.resume(returning: scrypt(password, salt: salt, cost)) }
        }
        guard let key else { throw Fault(.passwordHashUnreadable, "scrypt refused its parameters") }
        return key
    }

    private func enter() throws(Fault) -> DispatchQueue {
        let place: Int? = waiting.withLock { state in
            guard state.count < AccessLimits.waitingPasswordChecks else { return nil }
            state.count += 1
            state.started &+= 1
            return state.started % lanes.count
        }
        guard let place else { throw Fault(.signInBusy, "too many passwords are being checked at once") }
        return lanes[place]
    }
}

/// The derivation itself; nil for parameters that scrypt does not know.
package func scrypt(_ password: [UInt8], salt: [UInt8], _ cost: ScryptParameters) -> [UInt8]? {
    let key = try? KDF.Scrypt.deriveKey(
        from: password, salt: salt, outputByteCount: PasswordHash.keyBytes, rounds: 1 << cost.logN, blockSize: cost.r,
        parallelism: cost.p)
    return key?.withUnsafeBytes { Array($0) }
}
