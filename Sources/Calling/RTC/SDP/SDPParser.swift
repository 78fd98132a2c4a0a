public import Basics

extension SessionDescription {
    /// Reads a session description; says which line is wrong and why.
    public init(parsing text: String) throws(Fault) {
        guard text.utf8.count <= RTCLimits.sdpBytes else { throw .sdpTooLarge("bytes", limit: RTCLimits.sdpBytes) }
        var parser = SDPParser()
        // By bytes: Swift takes CR LF for one character, and some ends send LF alone.
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            try parser.read(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
        }
        self = try parser.finish()
    }
}

/// Reads line after line (RFC 8866 section 9) and hands attributes to the section they stand in.
struct SDPParser {
    private var line = 0
    private var hasOrigin = false
    private var hasTime = false
    private var session = SessionDescription(sessionID: "", version: 0)
    /// What the session level says for all sections that do not say it themselves.
    private var shared = MediaDescription(kind: .other("session"))
    private var isEnded = false

    mutating func read(_ bytes: Substring.UTF8View) throws(Fault) {
        line += 1
        guard line <= RTCLimits.sdpLines else { throw .sdpTooLarge("lines", limit: RTCLimits.sdpLines) }
        guard bytes.count <= RTCLimits.sdpLineBytes else { throw .sdpTooLarge("bytes in a line", limit: RTCLimits.sdpLineBytes) }
        if line == 1, !bytes.elementsEqual("v=0".utf8) {
            throw Fault(.sdpUnreadable, "not a session description: it does not begin with v=0")
        }
        if bytes.isEmpty {
            isEnded = true
            return
        }
        guard !isEnded else { throw malformed("an empty line before it") }
        guard bytes.count >= 2, let type = bytes.first, bytes.dropFirst().first == UInt8(ascii: "=") else {
            throw malformed("not of the form x=value")
        }
        // A lone CR would begin a new line for a laxer reader.
        guard !bytes.contains(where: { $0 < 0x20 && $0 != 0x09 }) else { throw malformed("a control byte") }
        try read(type: type, value: Substring(bytes.dropFirst(2)))
    }

    private mutating func read(type: UInt8, value: Substring) throws(Fault) {
        switch type {
        case UInt8(ascii: "v"): guard line == 1 else { throw malformed("a second v=") }
        case UInt8(ascii: "o"): try readOrigin(value)
        case UInt8(ascii: "t"): hasTime = true
        case UInt8(ascii: "m"): try readMedia(value)
        case UInt8(ascii: "a"): try readAttribute(value)
        case UInt8(ascii: "a")...UInt8(ascii: "z"): break
        default: throw malformed("an unknown type of line")
        }
    }

    private mutating func readOrigin(_ value: Substring) throws(Fault) {
        let fields = value.split(separator: " ")
        guard session.media.isEmpty, !hasOrigin, fields.count == 6, let version: UInt64 = number(fields[2]),
            fields[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), fields[1].utf8.count <= 20
        else { throw malformed("o= wants user, session, version, network, address type and address, once") }
        session.sessionID = String(fields[1])
        session.version = version
        hasOrigin = true
    }

    private mutating func readMedia(_ value: Substring) throws(Fault) {
        guard hasOrigin, hasTime else { throw malformed("m= before o= and t=") }
        guard session.media.count < RTCLimits.sdpMedia else { throw .sdpTooLarge("media sections", limit: RTCLimits.sdpMedia) }
        let fields = value.split(separator: " ")
        guard fields.count >= 4, let port: UInt16 = number(fields[1]) else {
            throw malformed("m= wants media, port, protocol and formats")
        }
        // The session level is complete now: each section begins with what it says.
        var media = shared
        media.kind = MediaKind(name: String(fields[0]))
        media.port = port
        media.transport = String(fields[2])
        let formats = fields[3...]
        if media.transport.contains("RTP/") {
            guard formats.count <= RTCLimits.sdpPayloadTypes else {
                throw .sdpTooLarge("payload types", limit: RTCLimits.sdpPayloadTypes)
            }
            for format in formats {
                guard let payloadType: UInt8 = number(format), payloadType < 128 else {
                    throw malformed("a payload type is not 0 to 127")
                }
                guard !media.codecs.contains(where: { $0.payloadType == payloadType }) else {
                    throw malformed("a payload type twice")
                }
                media.codecs.append(CodecDescription(payloadType: payloadType))
            }
        } else {
            media.otherFormats = formats.map(String.init)
        }
        session.media.append(media)
    }

    private mutating func readAttribute(_ value: Substring) throws(Fault) {
        let colon = value.utf8.firstIndex(of: UInt8(ascii: ":"))
        let name = value[..<(colon ?? value.endIndex)]
        let rest = colon.map { value[value.utf8.index(after: $0)...] } ?? ""
        let problem: SDPProblem?
        if session.media.isEmpty {
            switch name {
            case "group": problem = readGroup(rest)
            case "ice-lite":
                session.isICELite = true
                problem = nil
            case "extmap-allow-mixed":
                session.allowsMixedExtensions = true
                problem = nil
            default: problem = shared.read(attribute: name, rest)
            }
        } else {
            problem = session.media[session.media.count - 1].read(attribute: name, rest)
        }
        switch problem {
        case nil: break
        case .malformed(let why): throw malformed(why)
        case .tooMany(let what, let limit): throw .sdpTooLarge(what, limit: limit)
        }
    }

    private mutating func readGroup(_ value: Substring) -> SDPProblem? {
        let fields = value.split(separator: " ")
        guard fields.first == "BUNDLE", session.bundle.isEmpty else { return nil }
        guard fields.count <= RTCLimits.sdpMedia + 1 else { return .tooMany("media sections", limit: RTCLimits.sdpMedia) }
        session.bundle = fields.dropFirst().map(String.init)
        return nil
    }

    mutating func finish() throws(Fault) -> SessionDescription {
        guard hasOrigin, hasTime else { throw malformed("o= or t= is missing") }
        // Two sections of one id would make the bundle ambiguous.
        var seen: Set<String> = []
        for media in session.media where !media.mid.isEmpty {
            guard seen.insert(media.mid).inserted else { throw malformed("two media sections of mid \(media.mid)") }
        }
        return session
    }

    private func malformed(_ why: String) -> Fault { .malformedSDP(line: line, why) }
}

/// What is wrong with an attribute.
enum SDPProblem {
    case malformed(String)
    case tooMany(String, limit: Int)
}

/// Decimal digits only: no sign, no blank, no overflow.
func number<Number: FixedWidthInteger>(_ text: Substring) -> Number? {
    guard !text.isEmpty, text.utf8.count <= 20, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Number(text, radix: 10)
}
