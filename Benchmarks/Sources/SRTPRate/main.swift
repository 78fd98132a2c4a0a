// How many 1,200-byte packets one core protects and reads, through a whole Transport, beside libsrtp: ./bench srtp [ROUNDS]

import Glibc

let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 5
let packetBytes = 1_200
let batch = 64
let batches = 4_000

/// Processor time of this thread in seconds.
func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Something that protects and reads the packets of a batch of slots in place.
protocol Subject: AnyObject {
    var name: String { get }
    func protect(_ slot: UnsafeMutableRawBufferPointer, _ length: Int) -> Int
    func unprotect(_ slot: UnsafeMutableRawBufferPointer, _ length: Int) -> Int
}

/// Packets per second of protecting and of reading.
func measure(_ subject: some Subject, sequence: inout UInt16) -> (protect: Double, unprotect: Double) {
    let slots = (0..<batch).map { _ in UnsafeMutableRawBufferPointer.allocate(byteCount: 1_600, alignment: 64) }
    defer { slots.forEach { $0.deallocate() } }
    var lengths = [Int](repeating: 0, count: batch)
    var protecting = 0.0
    var reading = 0.0
    for _ in 0..<batches {
        for slot in slots {
            sequence &+= 1
            slot.storeBytes(of: UInt16(0x8060).bigEndian, as: UInt16.self)
            slot.storeBytes(of: sequence.bigEndian, toByteOffset: 2, as: UInt16.self)
            slot.storeBytes(of: 1, toByteOffset: 8, as: UInt32.self)
        }
        let start = processorSeconds()
        for index in 0..<batch { lengths[index] = subject.protect(slots[index], packetBytes) }
        let middle = processorSeconds()
        for index in 0..<batch where subject.unprotect(slots[index], lengths[index]) != packetBytes { exit(1) }
        reading += processorSeconds() - middle
        protecting += middle - start
    }
    let count = Double(batch * batches)
    return (count / protecting, count / reading)
}

var sequences: [String: UInt16] = [:]
var best: [String: (Double, Double)] = [:]
let subjects: [any Subject] = [
    try OwnTransports(.aeadAES128GCM), try LibSRTP(.aeadAES128GCM), try OwnTransports(.aes128CMSHA1), try LibSRTP(.aes128CMSHA1),
]
for round in 1...rounds {
    for subject in subjects {
        let result = measure(subject, sequence: &sequences[subject.name, default: 0])
        best[subject.name] = (max(best[subject.name]?.0 ?? 0, result.protect), max(best[subject.name]?.1 ?? 0, result.unprotect))
        print(
            "round \(round)  \(subject.name): protect \(Int(result.protect / 1_000)) k/s, read \(Int(result.unprotect / 1_000)) k/s"
        )
    }
}
var rows: [String] = []
for subject in subjects {
    guard let (protect, read) = best[subject.name] else { continue }
    print("best     \(subject.name): protect \(Int(protect / 1_000)) k/s, read \(Int(read / 1_000)) k/s")
    rows.append("{\"subject\": \"\(subject.name)\", \"protectPerSecond\": \(Int(protect)), \"readPerSecond\": \(Int(read))}")
}
let json = "{\"packetBytes\": \(packetBytes), \"rounds\": \(rounds), \"best\": [\(rows.joined(separator: ", "))]}\n"
if let file = fopen("../bench-output/srtp.json", "w") {
    fputs(json, file)
    fclose(file)
}
