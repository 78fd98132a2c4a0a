extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds: `2026-11-23T11:15:24.000Z`.
    public var description: String {
        let day = floorDivide(milliseconds, 86_400_000)
        let rest = Int(milliseconds - day * 86_400_000)
        let time = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(BusinessDate(clamping: day))T\(time).\(padded(rest % 1000, 3))Z"
    }

    /// Parses `2026-11-23T11:15:24Z` with none to three decimals, in UTC only; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 24, bytes[10] == UInt8(ascii: "T"), bytes.last == UInt8(ascii: "Z"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let date = BusinessDate(String(decoding: bytes[0..<10], as: UTF8.self)),
            let hour = digits(bytes[11..<13]), let minute = digits(bytes[14..<16]), let second = digits(bytes[17..<19]),
            hour < 24, minute < 60, second < 60, let fraction = Self.milliseconds(bytes[19..<(bytes.count - 1)])
        else { return nil }
        self.init(milliseconds: date.dayNumber * 86_400_000 + Int64((hour * 3600 + minute * 60 + second) * 1000 + fraction))
    }

    private static func milliseconds(_ bytes: ArraySlice<UInt8>) -> Int? {
        if bytes.isEmpty { return 0 }
        guard bytes.first == UInt8(ascii: "."), let value = digits(bytes.dropFirst()) else { return nil }
        return (bytes.count - 1..<3).reduce(value) { sum, _ in sum * 10 }
    }
}
