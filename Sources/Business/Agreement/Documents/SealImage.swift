#if canImport(Glibc)
    internal import Glibc
#else
    internal import Foundation
#endif

/// The round red seal of a company with its name around a star, as SVG. The same name gives the same bytes.
public func sealImage(for name: String) -> String {
    let characters = Array(name.prefix(AgreementLimits.sealCharacters))
    let radius = 76.0
    // The name spans at most 280 degrees, open at the foot, where the kind of seal stands.
    let step = characters.count > 1 ? min(28.0, 280.0 / Double(characters.count - 1)) : 0
    let size = max(11.0, min(21.0, step * .pi / 180 * radius * 0.82))
    var glyphs = ""
    for (index, character) in characters.enumerated() {
        let angle = -Double(characters.count - 1) * step / 2 + Double(index) * step
        glyphs +=
            "<text transform=\"rotate(\(decimal(angle)) 100 100)\" x=\"100\" y=\"\(decimal(100 - radius + size * 0.38))\" font-size=\"\(decimal(size))\">\(escaped(String(character)))</text>\n"
    }
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200" role="img">
        <g fill="#c8102e" text-anchor="middle" font-family="'Noto Serif CJK SC', 'Source Han Serif SC', SimSun, serif" font-weight="600">
        <circle cx="100" cy="100" r="96" fill="none" stroke="#c8102e" stroke-width="5"/>
        <polygon points="\(star)"/>
        \(glyphs)<text x="100" y="158" font-size="15">合同专用章</text>
        </g>
        </svg>

        """
}

/// A five-pointed star about the middle, its first point upwards.
private var star: String {
    (0..<10).map { corner in
        let radius = corner % 2 == 0 ? 26.0 : 26.0 * 0.381_966
        let angle = Double(corner) * .pi / 5
        return "\(decimal(100 + radius * sin(angle))),\(decimal(100 - radius * cos(angle)))"
    }.joined(separator: " ")
}

/// Two decimals, written by integers so that every machine writes the same.
private func decimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = abs(hundredths) % 100
    return "\(hundredths < 0 ? "-" : "")\(abs(hundredths) / 100).\(rest < 10 ? "0" : "")\(rest)"
}
