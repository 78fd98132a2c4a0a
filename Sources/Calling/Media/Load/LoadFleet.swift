internal import Basics
internal import CMediaShims
internal import RTC

/// All load devices on one thread: wakes each when its socket is readable or its deadline has come.
final class LoadFleet {
    var devices: [LoadDevice] = []
    var isStopping = false

    private let mailbox: Mailbox<LoadFleet>
    private let poll = JMPollMake()
    private var deadlines = DeadlineHeap(capacity: LoadFleet.capacity)
    private let plan: LoadPlan
    private let io = LoadIO()
    private var cpuAtStart: Int64 = 0
    private var cpuUsed: Int64 = 0
    private static let capacity = 8192
    private static let mailboxTag = UInt64.max

    init(plan: LoadPlan, mailbox: Mailbox<LoadFleet>) {
        self.plan = plan
        self.mailbox = mailbox
        _ = JMPollAdd(poll, mailbox.wakeUp, Self.mailboxTag)
    }

    deinit { JMClose(poll) }

    /// Makes the devices; their offers.
    func makeDevices() throws(Fault) -> [String] {
        guard plan.calls * 2 <= Self.capacity else { throw Fault(.mediaFull, "at most \(Self.capacity / 2) calls") }
        guard let identity = DTLSIdentity() else { throw Fault(.certificateFailed, "OpenSSL makes no certificate") }
        for number in 0..<(plan.calls * 2) {
            let device = try LoadDevice(plan: plan, identity: identity, io: io, number: UInt32(number))
            _ = JMPollAdd(poll, device.socket, UInt64(number))
            devices.append(device)
        }
        return devices.map(\.offer)
    }

    /// Gives a device its answer.
    func start(_ index: Int, answer: String) throws(Fault) {
        try devices[index].start(answer: answer, now: MonotonicTime(microseconds: JMNow()))
        deadlines.set(index, devices[index].deadline.microseconds)
    }

    /// Measures from now.
    func beginMeasuring(seconds: Double) {
        let now = MonotonicTime(microseconds: JMNow())
        for device in devices {
            device.measuredFrom = now
            device.measuredUntil = now + .microseconds(Int64(seconds * 1_000_000))
        }
        cpuAtStart = JMThreadCPU()
    }

    /// The measured part is over.
    func endMeasuring() { cpuUsed = JMThreadCPU() - cpuAtStart }

    /// What all devices saw.
    func report(seconds: Double) -> LoadReport {
        var sum = LoadReport()
        for device in devices {
            sum.sent += device.report.sent
            sum.received += device.report.received
            sum.delays.merge(device.report.delays)
        }
        sum.seconds = seconds
        sum.generatorCPUMicroseconds = cpuUsed
        return sum
    }

    /// Runs until it is told to stop.
    func run() {
        let tags = UnsafeMutablePointer<UInt64>.allocate(capacity: 64)
        defer { tags.deallocate() }
        while !isStopping {
            let soonest = deadlines.soonest
            let wait = soonest == DeadlineHeap.never ? -1 : max(0, soonest - JMNow())
            let ready = JMPollWait(poll, tags, 64, wait)
            for index in 0..<max(0, Int(ready)) {
                guard tags[index] != Self.mailboxTag else {
                    for message in mailbox.take() { message(self) }
                    continue
                }
                let number = Int(tags[index])
                devices[number].receive(now: MonotonicTime(microseconds: JMNow()))
                deadlines.set(number, devices[number].deadline.microseconds)
            }
            wakeDevices()
        }
        for device in devices { device.close(now: MonotonicTime(microseconds: JMNow())) }
        mailbox.close()
    }

    private func wakeDevices() {
        let now = MonotonicTime(microseconds: JMNow())
        while let number = deadlines.due(at: now.microseconds) {
            devices[number].wake(now: now)
            deadlines.set(number, max(devices[number].deadline.microseconds, now.microseconds + 1))
        }
    }
}
