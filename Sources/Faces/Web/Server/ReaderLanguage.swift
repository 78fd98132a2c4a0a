import Customers
import Hummingbird

extension Language {
    /// The value of the `lang` attribute.
    var tag: String { self == .chinese ? "zh-CN" : "en" }
    /// The other one, for the switch.
    var other: Language { self == .chinese ? .english : .chinese }

    /// What the reader wants: `?lang=`, else the `lang` cookie, else `Accept-Language`, else Chinese.
    init(of request: Request) {
        if let asked = request.uri.queryParameters["lang"].flatMap({ Language(rawValue: String($0)) }) {
            self = asked
        } else if let kept = request.cookies["lang"].flatMap({ Language(rawValue: $0.value) }) {
            self = kept
        } else {
            self = Language(accepting: request.headers[.acceptLanguage] ?? "")
        }
    }

    /// The first known language by weight (RFC 9110 section 12.5.4).
    init(accepting header: String) {
        var best: (language: Language, weight: Double) = (.chinese, 0)
        for item in header.prefix(512).split(separator: ",").prefix(16) {
            let parts = item.split(separator: ";")
            guard let tag = parts.first?.split(separator: " ").first?.split(separator: "-").first,
                let language = Language(rawValue: tag.lowercased())
            else { continue }
            let weight =
                parts.dropFirst().lazy
                .compactMap { part in part.split(separator: "=").last.flatMap { Double($0) } }.first ?? 1
            if weight > best.weight { best = (language, weight) }
        }
        self = best.language
    }
}
