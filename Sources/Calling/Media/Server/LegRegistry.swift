internal import Basics
internal import RTC
internal import Synchronization

/// What control knows of a leg; the leg itself lives on its worker.
struct LegRecord: Sendable {
    let id: LegID
    let call: MediaCallID
    let worker: Int
    var local: LocalDescription
    /// Nil until the first answer is made.
    var session: NegotiatedSession?
    var peer: LegID?
}

/// Which legs there are and on which workers: the only state that control shares between tasks.
final class LegRegistry: Sendable {
    private struct State {
        var legs: [LegID: LegRecord] = [:]
        var calls: [MediaCallID: (worker: Int, legs: Int)] = [:]
        var load: [Int]
    }

    private let state: Mutex<State>

    init(workers: Int) { state = Mutex(State(load: [Int](repeating: 0, count: workers))) }

    /// Takes a place for a leg: on its call's worker, or for the first leg of a call on the least loaded one.
    func reserve(_ id: LegID, in call: MediaCallID, _ local: @Sendable (Int) -> LocalDescription) throws(Fault) -> LegRecord {
        let outcome: Result<LegRecord, Fault> = state.withLock { state in
            guard state.legs[id] == nil else { return .failure(Fault(.legExists, "leg \(id) is open already")) }
            let least = state.load.indices.min { state.load[$0] < state.load[$1] } ?? 0
            let worker = state.calls[call]?.worker ?? least
            guard state.load[worker] < MediaLimits.legsPerWorker else { return .failure(Fault(.mediaFull, "no worker has room")) }
            let record = LegRecord(id: id, call: call, worker: worker, local: local(worker))
            state.legs[id] = record
            state.load[worker] += 1
            state.calls[call, default: (worker, 0)].legs += 1
            return .success(record)
        }
        return try outcome.get()
    }

    /// What is known of a leg.
    func find(_ id: LegID) throws(Fault) -> LegRecord {
        guard let record = state.withLock({ $0.legs[id] }) else { throw Fault(.legUnknown, "there is no leg \(id)") }
        return record
    }

    /// Changes what is known of a leg, if it is still there.
    func update(_ id: LegID, _ change: @Sendable (inout LegRecord) -> Void) {
        state.withLock { state in
            guard var record = state.legs[id] else { return }
            change(&record)
            state.legs[id] = record
        }
    }

    /// Gives the place back; what was known of the leg.
    @discardableResult
    func remove(_ id: LegID) -> LegRecord? {
        state.withLock { state in
            guard let record = state.legs.removeValue(forKey: id) else { return nil }
            state.load[record.worker] -= 1
            if let call = state.calls[record.call] {
                state.calls[record.call] = call.legs > 1 ? (call.worker, call.legs - 1) : nil
            }
            if let peer = record.peer, state.legs[peer]?.peer == id { state.legs[peer]?.peer = nil }
            return record
        }
    }
}
