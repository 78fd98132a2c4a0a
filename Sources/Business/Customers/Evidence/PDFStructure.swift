internal import Basics

/// Reads a PDF (ISO 32000) token by token, with streams passed over, and refuses what acts by itself or hides something: scripts, actions
/// on opening, attachments, forms that fetch, encryption.
///
/// Readers find objects by offsets and could begin inside a comment, a string or a stream; so every `obj` in the file must be one that
/// this reading saw, too. Objects within compressed object streams are inflated and read alike.
func checkPDF(_ bytes: [UInt8]) throws(Fault) {
    guard tail(bytes) else { throw .damagedPDF("no end mark") }
    var scanner = PDFScanner(bytes)
    try scanner.readAll()
    guard scanner.objects > 0 else { throw .damagedPDF("no objects") }
    guard countObjects(bytes) == scanner.objects else {
        throw Fault(.pdfHidden, "objects are hidden in comments, strings or streams; print it to a new PDF or take a photograph")
    }
}

/// `%%EOF` in the last kilobyte and nothing but white space behind it.
private func tail(_ bytes: [UInt8]) -> Bool {
    let mark = Array("%%EOF".utf8)
    var end: Int?
    var position = max(0, bytes.count - 1024)
    while let found = find(mark, in: bytes, from: position) {
        end = found + mark.count
        position = found + 1
    }
    return end.map { bytes[$0...].allSatisfy(isPDFSpace) } ?? false
}

/// How many object headers (`12 0 obj`) the bytes hold, whatever surrounds them.
private func countObjects(_ bytes: [UInt8]) -> Int {
    var count = 0
    var position = 0
    while let found = find(Array("obj".utf8), in: bytes, from: position) {
        position = found + 3
        if isObjectHeader(bytes, at: found) { count += 1 }
    }
    return count
}

/// Whether the `obj` at a position ends a header: number, white space, number, perhaps white space. `endobj` does not.
private func isObjectHeader(_ bytes: [UInt8], at word: Int) -> Bool {
    var index = word - 1
    func skip(_ fits: (UInt8) -> Bool) -> Int {
        let start = index
        while index >= 0, fits(bytes[index]) { index -= 1 }
        return start - index
    }
    _ = skip(isPDFSpace)
    return skip(isDigit) > 0 && skip(isPDFSpace) > 0 && skip(isDigit) > 0
}

/// Names whose presence means that the document acts, fetches, carries files or hides its content.
private let refusedNames: Set<String> = [
    "JavaScript", "JS", "OpenAction", "AA", "Launch", "EmbeddedFile", "EmbeddedFiles", "XFA", "RichMedia", "SubmitForm",
    "ImportData", "GoToE", "Encrypt",
]

struct PDFScanner {
    private let bytes: [UInt8]
    private var position = 0
    private var names: Set<String> = []
    private var unpackedLeft = CustomersLimits.pdfUnpackedBytes
    private let isInsideObjectStream: Bool
    private(set) var objects = 0

    init(_ bytes: [UInt8], insideObjectStream: Bool = false) {
        self.bytes = bytes
        isInsideObjectStream = insideObjectStream
    }

    mutating func readAll() throws(Fault) {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "%"): skipComment()
            case UInt8(ascii: "("): try skipString()
            case UInt8(ascii: "/"): try readName()
            case _ where isPDFSpace(byte) || isPDFDelimiter(byte): position += 1
            default: try readWord()
            }
        }
    }

    private mutating func skipComment() {
        while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
    }

    /// A literal string: brackets nest, a backslash takes the next byte.
    private mutating func skipString() throws(Fault) {
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\\"): position += 1
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            default: break
            }
            position += 1
            if depth == 0 { return }
        }
        throw .damagedPDF("a string without end")
    }

    /// A name with its `#4A` escapes resolved, so that none hides behind them.
    private mutating func readName() throws(Fault) {
        position += 1
        var name: [UInt8] = []
        while position < bytes.count, !isPDFSpace(bytes[position]), !isPDFDelimiter(bytes[position]) {
            if bytes[position] == UInt8(ascii: "#"), position + 2 < bytes.count, let high = hexDigit(bytes[position + 1]),
                let low = hexDigit(bytes[position + 2])
            {
                name.append(high << 4 | low)
                position += 3
            } else {
                name.append(bytes[position])
                position += 1
            }
        }
        let text = String(decoding: name, as: UTF8.self)
        if text == "Encrypt" { throw Fault(.pdfEncrypted, "the PDF is encrypted; save it without a password") }
        guard !refusedNames.contains(text) else {
            throw Fault(.pdfActive, "the PDF holds \(text); print it to a new PDF or take a photograph", ["name": text])
        }
        names.insert(text)
    }

    private mutating func readWord() throws(Fault) {
        let start = position
        while position < bytes.count, !isPDFSpace(bytes[position]), !isPDFDelimiter(bytes[position]) { position += 1 }
        let word = bytes[start..<position]
        if word.suffix(3).elementsEqual("obj".utf8), !word.elementsEqual("endobj".utf8) {
            guard !isInsideObjectStream, isObjectHeader(bytes, at: position - 3) else {
                throw .damagedPDF("an object without a number")
            }
            objects += 1
            guard objects <= CustomersLimits.pdfObjects else { throw .damagedPDF("too many objects") }
            names = []
        } else if word.elementsEqual("stream".utf8), !isInsideObjectStream {
            try skipStream()
        }
    }

    private mutating func skipStream() throws(Fault) {
        guard let end = find(Array("endstream".utf8), in: bytes, from: position) else {
            throw .damagedPDF("a stream without end")
        }
        if names.contains("ObjStm") { try readObjectStream(dataEnd: end) }
        names = []
        position = end + 9
    }

    /// Objects that stand packed in a stream: unpacked and read by the same rules. Only the common packing is known; others are refused.
    private mutating func readObjectStream(dataEnd: Int) throws(Fault) {
        let filters = names.filter { $0.hasSuffix("Decode") || ["Fl", "LZW", "AHx", "A85", "RL", "Crypt"].contains($0) }
        guard filters.isSubset(of: ["FlateDecode"]), !names.contains("DecodeParms"), !names.contains("DP"), !names.contains("F")
        else {
            throw Fault(.pdfObjectStreams, "the PDF is packed; print it to a new PDF or take a photograph")
        }
        var start = position
        if start < dataEnd, bytes[start] == 0x0D { start += 1 }
        if start < dataEnd, bytes[start] == 0x0A { start += 1 }
        let packed = bytes[start..<dataEnd]
        let unpacked = filters.isEmpty ? Array(packed) : try inflate(packed, limit: unpackedLeft)
        unpackedLeft -= unpacked.count
        var inner = PDFScanner(unpacked, insideObjectStream: true)
        try inner.readAll()
    }
}

func isPDFSpace(_ byte: UInt8) -> Bool { byte == 0 || byte == 9 || byte == 10 || byte == 12 || byte == 13 || byte == 32 }

private func isPDFDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["), UInt8(ascii: "]"),
        UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "/"), UInt8(ascii: "%"):
        true
    default: false
    }
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
}

extension Fault {
    static func damagedPDF(_ what: String) -> Fault { Fault(.evidenceDamaged, "the PDF is damaged or not whole: \(what)") }
}
