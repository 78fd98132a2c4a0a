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
    private let logger: Logger
    private let eventSink: AsyncStream<MediaEvent>.Continuation

    /// Binds the sockets and starts the worker threads.
    public init(_ configuration: MediaConfiguration, logger: Logger) throws(Fault) {
        let (events, sink) = AsyncStream.makeStream(
            of: MediaEvent.self, bufferingPolicy: .bufferingNewest(MediaLimits.waitingEvents))
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
        let ports = workers.map { "\($0.sockets.port)" }.joined(separator: " ")
        logger.info("media server started", metadata: ["workers": "\(count)", "ports": "\(ports)"])
    }

    /// Opens a leg with a device's offer; the answer. Legs of one call share a worker.
    public func openLeg(_ leg: LegID, in call: MediaCallID, offer: String) async throws(Fault) -> String {
        throw Fault(.offerRefused, "legs come with the next landing")
    }

    /// Takes a new offer on an open leg: ICE restart, another device, camera on or off. The answer.
    public func renegotiate(_ leg: LegID, offer: String) async throws(Fault) -> String {
        throw Fault(.legUnknown, "there is no leg \(leg)")
    }

    /// Joins two legs of a call: what one sends, the other is sent.
    public func bridge(_ a: LegID, _ b: LegID) async throws(Fault) -> BridgeOutcome {
        throw Fault(.legUnknown, "there is no leg \(a)")
    }

    /// Closes a leg, and says what it carried. Closing a leg that is not there is no fault: it carried nothing.
    @discardableResult
    public func closeLeg(_ leg: LegID) async -> LegTotals {
        LegTotals()
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
