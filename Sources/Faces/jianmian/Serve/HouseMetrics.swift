import Basics
import Calls
import Media
import Storage
import Web

/// What the rooms report at every scrape of `/metrics`.
struct HouseMetrics: Sendable {
    let calls: CallControl
    let media: MediaServer
    let database: any Database

    func add(to metrics: ServiceMetrics) {
        metrics.add { await callSamples() + mediaSamples() + journalSamples() }
    }

    private func callSamples() async -> [MetricSample] {
        let statistics = await calls.statistics()
        let phases = [
            ("trying", statistics.trying), ("ringing", statistics.ringing), ("connected", statistics.connected),
            ("ending", statistics.ending),
        ]
        return phases.map { phase, count in
            MetricSample("jianmian_calls", .gauge, "Calls by phase.", labels: [("phase", phase)], Double(count))
        } + [MetricSample("jianmian_devices", .gauge, "Attached devices.", Double(statistics.devices))]
    }

    private func mediaSamples() async -> [MetricSample] {
        let media = await media.statistics()
        let packets: [(String, UInt64)] = [
            ("received", media.received), ("sent", media.sent), ("forwarded", media.forwarded),
            ("retransmitted", media.retransmitted),
        ]
        let drops: [(String, UInt64)] = [("stranger", media.strangers), ("invalid", media.invalid), ("unsent", media.unsent)]
        return [MetricSample("jianmian_media_legs", .gauge, "Open media legs.", Double(media.legs))]
            + packets.map { what, count in
                MetricSample("jianmian_media_packets_total", .counter, "Media packets.", labels: [("what", what)], Double(count))
            }
            + drops.map { reason, count in
                MetricSample(
                    "jianmian_media_drops_total", .counter, "Media packets not taken or not sent.", labels: [("reason", reason)],
                    Double(count))
            }
            + [("received", media.receivedBytes), ("sent", media.sentBytes)].map { what, count in
                MetricSample("jianmian_media_bytes_total", .counter, "Media bytes.", labels: [("what", what)], Double(count))
            }
    }

    private func journalSamples() async -> [MetricSample] {
        let waiting = try? await database.read { tx throws(Fault) in
            try tx.first("SELECT COUNT(*) AS n FROM journal_unsealed")?.integer("n") ?? 0
        }
        guard let waiting else { return [] }
        return [MetricSample("jianmian_journal_unsealed", .gauge, "Journal entries that wait to be sealed.", Double(waiting))]
    }
}
