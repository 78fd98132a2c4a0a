public import Basics
internal import CMediaShims
public import Logging
internal import RTC
internal import Synchronization

/// The media server of one node: browsers offer, it answers, and it carries packets between the two legs of a call.
///
/// Everything here is control: it reads and writes session descriptions, chooses a worker per call and tells workers what to do. Packets
/// never come by.
public final class MediaServer: Sendable {
    /// What happens on legs. One reader; when it lags, the oldest events are dropped.
    public let events: AsyncStream<MediaEvent>

    private let workers: [WorkerThread]
    private let registry: LegRegistry
    private let identity: DTLSIdentity
    private let logger: Logger
    private let eventSink: AsyncStream<MediaEvent>.Continuation

    /// Binds the sockets and starts the worker threads.
    public init(_ configuration: MediaConfiguration, logger: Logger) throws(Fault) {
        let (events, sink) = AsyncStream.makeStream(
            of: MediaEvent.self, bufferingPolicy: .bufferingNewest(MediaLimits.waitingEvents))
        guard let identity = DTLSIdentity() else {
            throw Fault(.certificateFailed, "OpenSSL makes no certificate")
        }
        self.identity = identity
        self.events = events
        self.logger = logger
        eventSink = sink
        let count = min(configuration.workers > 0 ? configuration.workers : Int(JMUsableCPUs()), MediaLimits.workers)
        var workers: [WorkerThread] = []
        do throws(Fault) {
            for index in 0..<count {
                let port = configuration.firstPort == 0 ? 0 : UInt16(clamping: configuration.firstPort + index)
                let sockets = try Sockets.bind(configuration, port: port)
                workers.append(
                    try WorkerThread(index: index, configuration: configuration, sockets: sockets) { sink.yield($0) })
            }
        } catch {
            for worker in workers { worker.stop() }
            throw error
        }
        self.workers = workers
        registry = LegRegistry(workers: count)
        let ports = workers.map { "\($0.sockets.port)" }.joined(separator: " ")
        logger.info("media server started", metadata: ["workers": "\(count)", "ports": "\(ports)"])
    }

    /// Opens a leg with a device's offer; the answer. Legs of one call share a worker.
    public func openLeg(_ leg: LegID, in call: MediaCallID, offer: String) async throws(Fault) -> String {
        let record = try registry.reserve(leg, in: call) { [workers, identity] index in
            Answering.localDescription(of: leg, candidates: workers[index].sockets.candidates, fingerprint: identity.fingerprint)
        }
        do throws(Fault) {
            let (answer, session) = try Answering.answer(offer, local: record.local, peer: nil)
            let identity = identity
            let credentials = try await workers[record.worker].run { (worker) throws(Fault) in
                try worker.open(leg, session: session, identity: identity)
            }
            registry.update(leg) { $0.session = session }
            return Answering.text(answer, credentials)
        } catch {
            registry.remove(leg)
            throw error
        }
    }

    /// Takes a new offer on an open leg: ICE restart, another device, camera on or off, a reloaded page. The answer.
    public func renegotiate(_ leg: LegID, offer: String) async throws(Fault) -> String {
        let record = try registry.find(leg)
        guard record.session != nil else { throw Fault(.legUnknown, "leg \(leg) is still opening") }
        let peer = record.peer.flatMap { try? registry.find($0) }?.session
        var local = record.local
        local.version += 1
        let (answer, session) = try Answering.answer(offer, local: local, peer: peer)
        let (identity, settled) = (identity, local)
        let credentials = try await workers[record.worker].run { (worker) throws(Fault) in
            try worker.renegotiate(leg, session: session, identity: identity)
        }
        registry.update(leg) { record in
            record.session = session
            record.local = settled
        }
        return Answering.text(answer, credentials)
    }

    /// Joins two legs of a call: what one sends, the other is sent. A leg that was joined to another is taken from it.
    public func bridge(_ a: LegID, _ b: LegID) async throws(Fault) -> BridgeOutcome {
        let (first, second) = (try registry.find(a), try registry.find(b))
        guard a != b, first.call == second.call, let one = first.session, let other = second.session else {
            throw Fault(.bridgeRefused, "legs \(a) and \(b) are not two open legs of one call")
        }
        try await workers[first.worker].run { (worker) throws(Fault) in try worker.bridge(a, b) }
        for (leg, peer) in [(first, b), (second, a)] {
            if let old = leg.peer, old != peer { registry.update(old) { $0.peer = nil } }
            registry.update(leg.id) { $0.peer = peer }
        }
        let again = [(a, one, other), (b, other, one)].filter { Answering.mustRenegotiate($0.1, to: $0.2) }.map(\.0)
        return again.isEmpty ? .ready : .mustRenegotiate(again)
    }

    /// Closes a leg, and says what it carried. Closing a leg that is not there is no fault: it carried nothing.
    @discardableResult
    public func closeLeg(_ leg: LegID) async -> LegTotals {
        guard let record = registry.remove(leg) else { return LegTotals() }
        return (try? await workers[record.worker].run { worker in worker.close(leg) }) ?? LegTotals()
    }

    /// Counters of all workers together.
    public func statistics() async -> MediaStatistics {
        var sum = MediaStatistics()
        for worker in workers {
            if let part = try? await worker.run({ worker in worker.statistics }) { sum = sum + part }
        }
        return sum
    }

    /// The UDP ports that are bound, one for each worker, for the doctor and the log.
    public var ports: [Int] { workers.map { Int($0.sockets.port) } }

    /// Closes every leg, stops the threads and ends ``events``.
    public func shutDown() async {
        for worker in workers { worker.stop() }
        await withCheckedContinuation { continuation in
            let workers = workers
            let joiner = ThreadBody {
                for worker in workers { worker.join() }
                continuation.resume()
            }
            if joiner.start() == nil { continuation.resume() }
        }
        eventSink.finish()
        logger.info("media server stopped")
    }
}
