internal import Basics
internal import Charging
package import Lines
internal import Logging
internal import Media
internal import Storage

// Time, media events, sweeping and stopping.
extension CallControl {
    /// Listens to the media server and sweeps until its task is cancelled or the media server stops.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.listenToMedia() }
            group.addTask { await self.sweepForever() }
            await group.next()
            group.cancelAll()
        }
    }

    /// Ends and settles every call; nothing can be dialled or attached any more. Returns when all is written.
    public func shutDown() async {
        isStopping = true
        for call in calls.values.sorted(by: { $0.id.rawValue < $1.id.rawValue }) where !call.isOver { feed(call, .shutDown) }
        for call in Array(calls.values) { await call.books.end?.value }
    }

    /// Figures for the metrics.
    public func statistics() -> CallStatistics {
        var statistics = CallStatistics()
        for call in calls.values {
            switch call.machine.phase {
            case .checking: statistics.trying += 1
            case .ringing: statistics.ringing += 1
            case .connecting, .talking: statistics.connected += 1
            case .ended: statistics.ending += 1
            }
        }
        statistics.devices = devices.values.count { $0.awaySince == nil }
        return statistics
    }

    private func listenToMedia() async {
        for await event in media.events { mediaHappened(event) }
    }

    // MARK: Timers

    /// Sets the call's timer to the next instant at which its machine or its credit watch wants something.
    func arm(_ call: LiveCall) {
        let now = clock.now()
        var deadline = call.machine.deadline
        if call.machine.phase == .talking, let wake = call.watch?.nextWake(after: now) {
            deadline = min(deadline ?? wake, wake)
        }
        guard deadline != call.timerAt else { return }
        // A timer that is due fires at once and looks at everything. Replacing it would drop what was due: the next instant lies ahead.
        if let due = call.timerAt, call.timer != nil, due <= now { return }
        call.timer?.cancel()
        call.timer = nil
        call.timerAt = deadline
        guard let deadline else { return }
        let id = call.id
        call.timer = Task { [clock] in
            do { try await clock.sleep(until: deadline) } catch { return }
            self.timerFired(id, deadline)
        }
    }

    private func timerFired(_ id: CallID, _ deadline: Timestamp) {
        guard let call = calls[id], call.timerAt == deadline else { return }
        call.timerAt = nil
        call.timer = nil
        feed(call, .tick)
        watchCredit(of: call)
        arm(call)
    }

    /// Fires the timers that are due and waits until nothing is under way: what a test does after it moved the clock.
    package func catchUp() async {
        while true {
            let count = fireDueTimers()
            let pending = calls.values.flatMap { [$0.media, $0.books] }.filter(\.isBusy).compactMap(\.end)
            if count == 0 && pending.isEmpty { return }
            for work in pending { await work.value }
        }
    }

    /// Fires the timers that are due and waits for what calls that still live have under way.
    package func fireTimers() async {
        while fireDueTimers() > 0 {
            for call in Array(calls.values) where !call.isOver {
                await call.media.end?.value
                await call.books.end?.value
            }
        }
    }

    /// Whether the talk of a call has had media on both sides.
    package func hasMedia(_ id: CallID) -> Bool { calls[id]?.machine.hasHadMedia ?? false }

    private func fireDueTimers() -> Int {
        let now = clock.now()
        let due = calls.values.compactMap { call in call.timerAt.flatMap { $0 <= now ? (call.id, $0) : nil } }
        for (id, deadline) in due.sorted(by: { $0.0.rawValue < $1.0.rawValue }) { timerFired(id, deadline) }
        return due.count
    }

    // MARK: Sweeping

    private func sweepForever() async {
        while !Task.isCancelled {
            do { try await clock.sleep(until: clock.now().adding(seconds: CallsLimits.sweepSeconds)) } catch { return }
            await sweep()
        }
    }

    /// Forgets devices that have been away for long, and settles open calls that nobody looks after: their reservations have expired.
    func sweep() async {
        let now = clock.now()
        for (device, attached) in devices where attached.call == nil {
            guard let away = attached.awaySince, now >= away.adding(seconds: CallsLimits.channelRetention) else { continue }
            devices[device] = nil
        }
        let lines = Set(devices.values.map(\.line))
        numbers = numbers.filter { lines.contains($0.key) }
        do throws(Fault) {
            let expired = try await database.read { tx throws(Fault) in try openCalls(expiredAt: now, in: tx) }
            for call in expired where calls[call.call] == nil {
                try await interruptCall(call, in: database, at: now, zone: zone)
                logger.warning("an open call without owner was settled", metadata: ["call": "\(call.call)"])
            }
        } catch {
            logger.error("sweeping failed", metadata: ["fault": "\(error)"])
        }
    }
}

/// How many calls and devices there are.
public struct CallStatistics: Sendable, Equatable {
    /// Being set up.
    public var trying = 0
    /// Ringing.
    public var ringing = 0
    /// Answered.
    public var connected = 0
    /// Over, being settled.
    public var ending = 0
    /// Devices whose connection is there.
    public var devices = 0

    /// Nothing yet.
    public init() {}
}
