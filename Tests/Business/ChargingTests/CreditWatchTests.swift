import Basics
import Charging
import Lines
import Testing

/// A watch over a call answered at noon, with 30 s granted and the given number of affordable seconds beyond.
private func watch(affordable: Int64, granted: Int64 = 30, isFinal: Bool = false, price: Money = price) -> CreditWatch {
    CreditWatch(answeredAt: noon, pricePerSecond: price, grant: grant(granted, affordable: affordable, isFinal: isFinal))
}

private func grant(_ seconds: Int64, affordable: Int64, isFinal: Bool = false) -> CreditGrant {
    CreditGrant(
        call: CallID(trusted: "c"), grantedSeconds: seconds, usedSeconds: 0, charged: .zero, reserved: .zero,
        available: price * affordable, isFinal: isFinal)
}

private func second(_ seconds: Int64) -> Timestamp { noon.adding(seconds: seconds) }

/// Runs a watch as the shell does, answering every extension from a purse, until it cuts; returns what happened at which second.
private func run(_ watch: inout CreditWatch, purse: Int64) -> [(Int64, CreditWatch.Action)] {
    var log: [(Int64, CreditWatch.Action)] = []
    var now = noon
    var granted = watch.grantedSeconds
    var purse = purse
    while log.count < 1000 {
        for action in watch.wake(at: now) {
            log.append((now.milliseconds(since: noon) / 1000, action))
            if case .cut = action { return log }
            if case .extend = action {
                let added = min(30, purse)
                purse -= added
                granted += added
                watch.granted(grant(granted, affordable: purse, isFinal: added < 30), at: now)
            }
        }
        now = watch.nextWake(after: now)
    }
    return log
}

@Test("A call with 100 s of credit is extended 10 s ahead, warned 60 s and 10 s before its end and cut at the 100th second")
func lifeOfACall() {
    var watch = watch(affordable: 70)
    let log = run(&watch, purse: 70)
    let warnings = log.compactMap { second, action in if case .warn(let left) = action { [second, left] } else { nil } }
    #expect(warnings == [[40, 60], [90, 10]])
    let extensions = log.compactMap { second, action in if case .extend(let used) = action { [second, used] } else { nil } }
    // 30 granted, asked at 20; 60 granted, asked at 50; 90 granted, asked at 80; the last 10 s are final at once and stay so.
    #expect(Array(extensions.prefix(3)) == [[20, 20], [50, 50], [80, 80]])
    #expect(extensions.dropFirst(3).map(\.[0]) == [90, 92, 94, 96, 98])
    #expect(log.last?.0 == 100)
    #expect(log.last?.1 == .cut(.credit))
}

@Test("The cost is told at the answer and every 5 s")
func costIsTold() {
    var watch = watch(affordable: 1000)
    #expect(watch.wake(at: noon) == [.charge(used: price, remainingSeconds: 1030)])
    #expect(watch.nextWake(after: noon) == second(5))
    #expect(watch.wake(at: second(5)) == [.charge(used: price * 5, remainingSeconds: 1025)])
}

@Test("A call that begins with little credit is warned at once")
func warnedAtOnce() {
    var watch = watch(affordable: 0, granted: 25, isFinal: true)
    #expect(watch.wake(at: noon).contains(.warn(remainingSeconds: 25)))
    #expect(!watch.wake(at: second(1)).contains { if case .warn = $0 { true } else { false } })
    #expect(watch.wake(at: second(15)).contains(.warn(remainingSeconds: 10)))
}

@Test("When charging does not answer, the granted slice runs out with retries, then the call ends as failed")
func chargingDown() {
    var watch = watch(affordable: 1000)
    var asked: [Int64] = []
    var now = noon
    while true {
        let actions = watch.wake(at: now)
        if actions.contains(.cut(.chargingFailed)) { break }
        #expect(!actions.contains(.cut(.credit)))
        if actions.contains(where: { if case .extend = $0 { true } else { false } }) {
            asked.append(now.milliseconds(since: noon) / 1000)
            watch.extensionFailed()
        }
        now = watch.nextWake(after: now)
    }
    #expect(asked == [20, 22, 24, 26, 28])
    #expect(now == second(30))
    #expect(watch.usedSeconds(at: second(40)) == 30)
}

@Test("An extension that is still on its way when the grant ends does not keep the call alive")
func slowAnswer() {
    var watch = watch(affordable: 1000)
    _ = watch.wake(at: second(20))
    #expect(watch.wake(at: second(30)) == [.cut(.chargingFailed)])
}

@Test("After a retry that succeeds the call goes on")
func retrySucceeds() {
    var watch = watch(affordable: 1000)
    _ = watch.wake(at: second(20))
    watch.extensionFailed()
    #expect(watch.wake(at: second(22)).contains(.extend(usedSeconds: 22)))
    watch.granted(grant(60, affordable: 970), at: second(22))
    #expect(!watch.wake(at: second(30)).contains { if case .cut = $0 { true } else { false } })
    #expect(watch.wake(at: second(50)).contains(.extend(usedSeconds: 50)))
}

@Test("A clock moved past the grant asks once, with what was used, and waits a second for the answer")
func movedClock() {
    var watch = watch(affordable: 1000)
    #expect(watch.wake(at: second(500)) == [.extend(usedSeconds: 500)])
    #expect(watch.wake(at: second(500)) == [])
    #expect(watch.nextWake(after: second(500)) == second(501))
    watch.granted(grant(530, affordable: 470), at: second(500))
    #expect(watch.wake(at: second(500)).contains(.charge(used: price * 500, remainingSeconds: 500)))
    #expect(watch.wake(at: second(2000)) == [.extend(usedSeconds: 2000)])
    #expect(watch.wake(at: second(2001)) == [.cut(.chargingFailed)])
}

@Test("Credit that comes free near the end lets a final grant grow, and the warnings start anew")
func creditComesBack() {
    var watch = watch(affordable: 0, isFinal: true)
    #expect(watch.wake(at: second(20)).contains(.warn(remainingSeconds: 10)))
    watch.granted(grant(60, affordable: 500), at: second(20))
    #expect(watch.remainingSeconds(at: second(20)) == 540)
    #expect(watch.wake(at: second(50)).contains(.extend(usedSeconds: 50)))
    watch.granted(grant(90, affordable: 0, isFinal: true), at: second(50))
    #expect(watch.wake(at: second(50)).contains(.warn(remainingSeconds: 40)))
}

@Test("A free call is never warned or cut for credit")
func freeCall() {
    var watch = CreditWatch(answeredAt: noon, pricePerSecond: .zero, grant: grant(30, affordable: 0))
    #expect(watch.wake(at: noon) == [.charge(used: .zero, remainingSeconds: nil)])
    #expect(watch.wake(at: second(20)).contains(.extend(usedSeconds: 20)))
}
