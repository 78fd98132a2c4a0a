import Synchronization

/// One number that a room reports when it is asked.
public struct MetricSample: Sendable {
    /// What kind of number.
    public enum Kind: String, Sendable {
        /// Only ever grows.
        case counter
        /// Goes up and down.
        case gauge
    }

    /// The name, such as `jianmian_calls_open`.
    public var name: String
    /// One line that says what it counts.
    public var help: String
    /// Counter or gauge.
    public var kind: Kind
    /// Label names and values.
    public var labels: [(String, String)]
    /// The number.
    public var value: Double

    /// Makes a sample.
    public init(_ name: String, _ kind: Kind, _ help: String, labels: [(String, String)] = [], _ value: Double) {
        self.name = name
        self.help = help
        self.kind = kind
        self.labels = labels
        self.value = value
    }
}

/// What `/metrics` shows: own counters of the web face, and samples that other rooms give when asked.
public final class ServiceMetrics: Sendable {
    /// Asked at every scrape.
    public typealias Collector = @Sendable () async -> [MetricSample]

    /// Upper bounds of the latency histogram, in seconds.
    static let bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

    private struct Route: Hashable {
        let method: String
        let route: String
    }

    private struct Histogram {
        var counts = [Int](repeating: 0, count: ServiceMetrics.bounds.count + 1)
        var sum = 0.0
    }

    private struct State {
        var responses: [[String]: Int] = [:]
        var latency: [Route: Histogram] = [:]
        var events: [[String]: Int] = [:]
        var sockets = 0
        var collectors: [Collector] = []
    }

    private let state = Mutex(State())

    /// Makes an empty registry.
    public init() {}

    /// Asks `collector` at every scrape.
    public func add(_ collector: @escaping Collector) {
        state.withLock { $0.collectors.append(collector) }
    }

    func recordResponse(method: String, route: String, status: Int, seconds: Double) {
        state.withLock { state in
            state.responses[[method, route, String(status)], default: 0] += 1
            let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
            state.latency[Route(method: method, route: route), default: Histogram()].counts[bucket] += 1
            state.latency[Route(method: method, route: route)]?.sum += seconds
        }
    }

    /// Counts something of the signalling sockets: messages, closes by code, refusals.
    func count(_ event: String, _ detail: String) {
        state.withLock { $0.events[[event, detail], default: 0] += 1 }
    }

    func socketOpened() { state.withLock { $0.sockets += 1 } }
    func socketClosed() { state.withLock { $0.sockets -= 1 } }

    /// Everything in Prometheus text (format 0.0.4).
    public func text() async -> String {
        let collectors = state.withLock { $0.collectors }
        var samples = ownSamples()
        for collector in collectors { samples += await collector() }
        return PrometheusText.render(samples) + latencyText()
    }

    private func ownSamples() -> [MetricSample] {
        state.withLock { state in
            state.responses.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, count in
                MetricSample(
                    "jianmian_http_responses_total", .counter, "HTTP responses by method, route and status.",
                    labels: [("method", key[0]), ("route", key[1]), ("status", key[2])], Double(count))
            }
                + state.events.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, count in
                    MetricSample(
                        "jianmian_signalling_events_total", .counter, "Signalling: messages, closes and refusals.",
                        labels: [("event", key[0]), ("detail", key[1])], Double(count))
                }
                + [MetricSample("jianmian_signalling_sockets", .gauge, "Open signalling sockets.", Double(state.sockets))]
        }
    }

    private func latencyText() -> String {
        let name = "jianmian_http_request_seconds"
        var text = "# HELP \(name) Time to answer HTTP requests.\n# TYPE \(name) histogram\n"
        let latency = state.withLock { $0.latency }
        for (key, histogram) in latency.sorted(by: { ($0.key.route, $0.key.method) < ($1.key.route, $1.key.method) }) {
            let labels = PrometheusText.labels([("method", key.method), ("route", key.route)])
            var total = 0
            for (index, count) in histogram.counts.enumerated() {
                total += count
                let bound = index < Self.bounds.count ? "\(Self.bounds[index])" : "+Inf"
                text += "\(name)_bucket{\(labels),le=\"\(bound)\"} \(total)\n"
            }
            text += "\(name)_sum{\(labels)} \(histogram.sum)\n\(name)_count{\(labels)} \(total)\n"
        }
        return text
    }
}

/// Writes samples as Prometheus text.
enum PrometheusText {
    static func render(_ samples: [MetricSample]) -> String {
        var order: [String] = []
        var families: [String: [MetricSample]] = [:]
        for sample in samples {
            if families[sample.name] == nil { order.append(sample.name) }
            families[sample.name, default: []].append(sample)
        }
        var text = ""
        for name in order {
            guard let family = families[name], let first = family.first else { continue }
            text += "# HELP \(name) \(first.help)\n# TYPE \(name) \(first.kind.rawValue)\n"
            for sample in family {
                let labels = sample.labels.isEmpty ? "" : "{\(labels(sample.labels))}"
                text += "\(name)\(labels) \(number(sample.value))\n"
            }
        }
        return text
    }

    static func labels(_ labels: [(String, String)]) -> String {
        labels.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",")
    }

    private static func escaped(_ value: String) -> String {
        var text = ""
        for character in value {
            switch character {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.append(character)
            }
        }
        return text
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}
