import Agreement
import Basics

/// Bars of amounts, drawn on the server with the design's tokens. A chart never stands alone: the table below it says the same.
struct ConsoleChart: Sendable {
    struct Series: Sendable {
        /// In the legend.
        var words: String
        /// One amount for each label.
        var amounts: [Money]
    }

    /// Under the bars.
    var labels: [String]
    /// At most five, one tone each.
    var series: [Series]
    /// One above the other instead of beside each other.
    var isStacked = false

    func model(named name: String) -> [String: Any] {
        [
            "svg": svg, "name": name,
            "keys": series.enumerated().map { ["words": $1.words, "tone": "s\($0 + 1)"] },
        ]
    }

    private static let (width, height, left, top, bottom) = (720, 236, 78, 10, 26)

    /// The highest bar.
    private var highest: Double {
        let sums = labels.indices.map { label in
            let amounts = series.map { Double(max(0, $0.amounts[label].micros)) / 1_000_000 }
            return isStacked ? amounts.reduce(0, +) : amounts.max() ?? 0
        }
        return sums.max() ?? 0
    }

    /// The next round number above the highest bar: 1, 2 or 5 times a power of ten, in four steps.
    static func step(for highest: Double) -> Double {
        guard highest > 0 else { return 1 }
        var power = 0.01
        while power * 10 <= highest / 4 { power *= 10 }
        return [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 * 4 >= highest } ?? power * 10
    }

    var svg: String {
        let step = Self.step(for: highest)
        let plot = Double(Self.height - Self.top - Self.bottom)
        func y(_ yuan: Double) -> Double { Double(Self.top) + plot * (1 - yuan / (step * 4)) }
        var text = "<svg class=\"chart\" viewBox=\"0 0 \(Self.width) \(Self.height)\" aria-hidden=\"true\">"
        for line in 0...4 {
            let (value, place) = (Double(line) * step, Self.decimal(y(Double(line) * step)))
            text += "<path class=\"grid\" d=\"M\(Self.left) \(place)H\(Self.width)\"/>"
            text += "<text x=\"\(Self.left - 6)\" y=\"\(place)\" dy=\"4\" text-anchor=\"end\">\(Self.tick(value))</text>"
        }
        let slot = Double(Self.width - Self.left) / Double(max(1, labels.count))
        for (label, words) in labels.enumerated() {
            let start = Double(Self.left) + slot * Double(label)
            text += bars(of: label, from: start, slot, y: y)
            let middle = Self.decimal(start + slot / 2)
            text += "<text x=\"\(middle)\" y=\"\(Self.height - 8)\" text-anchor=\"middle\">\(escaped(words))</text>"
        }
        return text + "</svg>"
    }

    private func bars(of label: Int, from start: Double, _ slot: Double, y: (Double) -> Double) -> String {
        let room = min(slot * 0.7, 96)
        let width = isStacked ? room : room / Double(max(1, series.count))
        var (text, below) = ("", 0.0)
        for (number, one) in series.enumerated() {
            let amount = one.amounts[label]
            let yuan = Double(max(0, amount.micros)) / 1_000_000
            let x = start + (slot - room) / 2 + (isStacked ? 0 : width * Double(number))
            let base = isStacked ? below : 0
            let (high, low) = (y(base + yuan), y(base))
            text += "<rect class=\"s\(number + 1)\" x=\"\(Self.decimal(x))\" y=\"\(Self.decimal(high))\""
            text += " width=\"\(Self.decimal(max(1, width - 1)))\" height=\"\(Self.decimal(max(0, low - high)))\">"
            text += "<title>\(escaped("\(labels[label]) · \(one.words) \(amount.formatted)"))</title></rect>"
            below += yuan
        }
        return text
    }

    /// One decimal is as fine as a screen shows.
    private static func decimal(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    private static func tick(_ yuan: Double) -> String {
        let text = Money(micros: Int64(yuan * 1_000_000)).formatted
        return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
    }
}
