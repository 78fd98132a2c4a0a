// Which way should packets pass between the kernel and a media worker? One relay thread on the first core receives 1,200-byte
// datagrams on one socket and sends each on to one of ten receivers; a second thread on the other core is both crowd and receivers.
// Printed: relayed packets per CPU-second of the relay thread (its user and system time), median of alternating rounds.

import Glibc

let seconds = CommandLine.arguments.dropFirst().first.flatMap(Double.init) ?? 1.0
let rounds = CommandLine.arguments.dropFirst(2).first.flatMap(Int.init) ?? 3

struct Plan {
    let name: String
    let burst: Int
    let relay: (Crowd) -> any Relay
}

let plans = [
    Plan(name: "shim, one datagram a call message, interleaved", burst: 1, relay: { ShimRelay(crowd: $0, segment: false) }),
    Plan(name: "shim, bursts of 4, no segmentation", burst: 4, relay: { ShimRelay(crowd: $0, segment: false) }),
    Plan(name: "shim, bursts of 4, UDP segmentation", burst: 4, relay: { ShimRelay(crowd: $0, segment: true) }),
    Plan(name: "shim, bursts of 10, UDP segmentation", burst: 10, relay: { ShimRelay(crowd: $0, segment: true) }),
    Plan(name: "NIO, vector reads, interleaved", burst: 1, relay: { NIORelay(crowd: $0) }),
    Plan(name: "NIO, vector reads, bursts of 4", burst: 4, relay: { NIORelay(crowd: $0) }),
]

var figures = [[Double]](repeating: [], count: plans.count)
for round in 1...rounds {
    for (index, plan) in plans.enumerated() {
        let crowd = Crowd(burst: plan.burst)
        let relay = plan.relay(crowd)
        crowd.run(against: relay.port, seconds: seconds)
        let outcome = relay.stop()
        crowd.close()
        let rate = Double(outcome.packets) / (Double(outcome.cpuMicroseconds) / 1_000_000)
        figures[index].append(rate)
        emit("round \(round)  \(plan.name): \(Int(rate)) packets per CPU-second, \(outcome.packets) relayed")
    }
}
emit("")
for (plan, rates) in zip(plans, figures) {
    emit("\(Int(rates.sorted()[rates.count / 2]))  \(plan.name)")
}

func emit(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(1, bytes, bytes.count)
}
