internal import CMediaShims
internal import RTC

final class Leg {
    let index = 0
    var deadline: Int64 = 0
    func receive(_ slot: UnsafeMutableRawBufferPointer, length: Int, from: TransportAddress, in worker: Worker) {}
    func admit(_ slot: UnsafeMutableRawBufferPointer, length: Int, from: TransportAddress, in worker: Worker) -> Bool { false }
    func remember(_ d: JMDatagram) -> JMDatagram? { nil }
    func forget(_ d: JMDatagram) {}
    func close(in: Worker) {}
    func wake(in: Worker) {}
    func seal(into: Outbox) {}
}
