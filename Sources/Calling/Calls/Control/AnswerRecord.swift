internal import Basics
internal import Charging
internal import Lines
internal import Storage

/// The answer of a call, to be written once and as often as that has failed.
struct AnswerRecord: Sendable {
    let call: CallID
    let device: DeviceID
    let rungAt: Timestamp?
    let answeredAt: Timestamp

    func record(in tx: any Transaction, zone: BusinessZone) throws(Fault) {
        try recordAnswer(of: call, by: device, rungAt: rungAt, in: tx, at: answeredAt, zone: zone)
    }
}
