import Basics
import Customers
import Foundation
import Testing

@Suite("Files are taken by their content")
struct EvidenceFormatTests {
    @Test func wholePicturesAndScansAreTaken() throws {
        let jpeg = try checkEvidence(SampleFiles.jpeg())
        #expect(jpeg.format == .jpeg && jpeg.width == 16 && jpeg.height == 8)
        let png = try checkEvidence(SampleFiles.png(extra: SampleFiles.chunk("tEXt", Array("Title\0ID".utf8))))
        #expect(png.format == .png && png.width == 16 && png.height == 8)
        let pdf = try checkEvidence(SampleFiles.pdf())
        #expect(pdf.format == .pdf && pdf.width == nil)
    }

    /// A phone stores a preview behind its photograph (CIPA DC-007).
    @Test func aPreviewBehindAPhotographIsTaken() throws {
        #expect(try checkEvidence(SampleFiles.jpeg(after: SampleFiles.jpeg())).format == .jpeg)
    }

    @Test(
        arguments: [
            (Array("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".utf8), "customers.evidence-format"),
            (Array("<!DOCTYPE html><html></html>".utf8), "customers.evidence-format"),
            ([0x50, 0x4B, 0x03, 0x04, 0, 0], "customers.evidence-format"), (Array("GIF89a".utf8), "customers.evidence-format"),
            (Array("MZ".utf8), "customers.evidence-format"), ([], "customers.evidence-empty"),
            ([0xFF, 0xD8, 0xFF], "customers.evidence-damaged"),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "customers.evidence-damaged"),
            (Array("%PDF-1.4\n".utf8), "customers.evidence-damaged"),
            (Array("%PDF-1.4\n%%EOF".utf8), "customers.evidence-damaged"),
        ] as [([UInt8], String)])
    func whatIsNoneOfTheThreeIsRefused(bytes: [UInt8], code: String) {
        #expect(refusal(bytes) == code)
    }

    @Test func everyCutFileIsRefused() {
        for whole in [SampleFiles.jpeg(), SampleFiles.png()] {
            for length in 0..<whole.count { #expect(refusal(Array(whole[..<length])) != nil, "\(length) of \(whole.count)") }
        }
    }

    @Test func everyAlteredByteOfAPNGIsNoticed() {
        let whole = SampleFiles.png()
        for index in whole.indices {
            var altered = whole
            altered[index] ^= 0x01
            #expect(refusal(altered) != nil, "byte \(index)")
        }
    }

    @Test func tooManyPixelsAndTooManyBytesAreRefused() {
        #expect(refusal(SampleFiles.png(width: 60_000, height: 60_000)) == "customers.picture-too-large")
        #expect(refusal(SampleFiles.png(width: 16_384, height: 4_000)) == "customers.picture-too-large")
        #expect(refusal(SampleFiles.png(width: .max, height: .max)) == "customers.picture-too-large")
        #expect(refusal(SampleFiles.png(width: 0, height: 8)) == "customers.evidence-damaged")
        #expect(refusal(SampleFiles.jpeg(width: 65_535, height: 65_535)) == "customers.picture-too-large")
        #expect(refusal([0xFF, 0xD8, 0xFF] + [UInt8](repeating: 0, count: 10 << 20)) == "customers.evidence-too-large")
    }

    /// A picture that is an archive, a page or a document as well.
    @Test func filesThatAreTwoAtOnceAreRefused() {
        let archive: [UInt8] = [0x50, 0x4B, 0x05, 0x06] + [UInt8](repeating: 0, count: 18)
        #expect(refusal(SampleFiles.jpeg(after: archive)) == "customers.evidence-mixed")
        #expect(refusal(SampleFiles.png(after: archive)) == "customers.evidence-mixed")
        #expect(refusal(SampleFiles.png(extra: SampleFiles.chunk("tEXt", archive))) == "customers.evidence-mixed")
        #expect(refusal(SampleFiles.jpeg(comment: Array("<ScRipt>alert(1)</script>".utf8))) == "customers.evidence-mixed")
        #expect(refusal(SampleFiles.jpeg(comment: Array("%PDF-1.4 1 0 obj".utf8))) == "customers.evidence-mixed")
        #expect(refusal(SampleFiles.jpeg(after: Array("<html>".utf8))) == "customers.evidence-mixed")
        #expect(refusal(SampleFiles.pdf(end: "%%EOF\nPK")) == "customers.evidence-damaged")
    }

    @Test(arguments: [
        "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>", "/AA << >>", "/Names << /JavaScript 5 0 R >>", "/JS (x)",
        "/J#53 (x)",
        "/#4aavaScript 5 0 R", "/Names << /EmbeddedFiles 5 0 R >>", "/AcroForm << /XFA 5 0 R >>",
        "/A << /S /Launch /F (cmd.exe) >>",
        "/A << /S /SubmitForm >>", "/RichMedia 1 0 R",
    ])
    func aPDFThatActsIsRefused(entry: String) {
        #expect(refusal(SampleFiles.pdf(catalogue: entry)) == "customers.pdf-active")
    }

    @Test func wordsInTextsAndCommentsActNotAtAll() throws {
        #expect(try checkEvidence(SampleFiles.pdf(catalogue: "/Title (All about /JavaScript \\) and /Launch)")).format == .pdf)
        #expect(try checkEvidence(SampleFiles.pdf(body: "% /JavaScript is said here only")).format == .pdf)
    }

    @Test func whatCannotBeLookedThroughIsRefused() {
        #expect(refusal(SampleFiles.pdf(body: "trailer << /Encrypt 9 0 R >>")) == "customers.pdf-encrypted")
        #expect(
            refusal(
                SampleFiles.pdf(
                    body:
                        "6 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length 3 /Filter /LZWDecode >>\nstream\nxyz\nendstream\nendobj")
            )
                == "customers.pdf-packed")
        // An object within a stream, a comment or a string, to which a table of offsets could lead.
        #expect(
            refusal(SampleFiles.pdf(body: "6 0 obj\n<< /Length 9 >>\nstream\n7 0 obj << /J#53 (x) >> endobj\nendstream\nendobj"))
                == "customers.pdf-hidden")
        #expect(refusal(SampleFiles.pdf(body: "% 7 0 obj << /JS (x) >>")) == "customers.pdf-hidden")
        #expect(refusal(SampleFiles.pdf(catalogue: "/Title (7 0 obj << /JS (x) >> endobj)")) == "customers.pdf-hidden")
        #expect(refusal(SampleFiles.pdf(catalogue: "/Title (without end")) == "customers.evidence-damaged")
    }

    @Test func randomBytesNeverTrap() {
        var random = SystemRandomNumberGenerator()
        for start in [[0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], Array("%PDF-1.4 ".utf8)] as [[UInt8]]
        {
            for _ in 0..<300 {
                let rest = (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
                #expect(refusal(start + rest) != nil)
            }
        }
    }

    private func refusal(_ bytes: [UInt8]) -> String? {
        do throws(Fault) {
            _ = try checkEvidence(bytes)
            return nil
        } catch { return error.code.rawValue }
    }
}

@Suite("Packed objects of a PDF are unpacked and read")
struct PackedPDFTests {
    /// Made by zlib: two harmless objects; a catalogue with a script behind `#61`; the squares of 0 to 199; a stored text.
    private static let harmless =
        "eNozVDBQMFIwNlCwsVHQD6ksSFXQd04sSczJT1fQD0hMTy0GyhooBCnY2SGpgEjoe2emFCtExwJ15JfmlQCV2dkBADpFFZc="
    private static let script =
        "eNozVDBQsLFR0A+pLEhV0HdOLEnMyU9X0PcvSM1zTC7JzM8DywYr6HspmxmWJQYnF2UWlAB5wQoaiQUFeok5qUUlMRqGMZqaCnZ2QAQAs2IXUw"
        + "=="
    private static let squares =
        "eNolk9kBBCEIQ1uxBDkE6b+xeXF+dljlCEncy1auWVbLz4paOatyXVu29zLnm8ktGUMKOX743lnhST7V5GXyvbmOzzpdq8grvs3/5vxyP+RNqS"
        + "+FtulgRitTT3OaW2hKatzR3BKAEpIGkd0UBhD6FgoTYt+zPHYuz20go8JLUevs6nbIC1UE/QUa5EG/SDqHZkQzLS5zY0CQGywpVBngywRpFpiz"
        + "ta3WOJt9jmnh0MbcrKOdTysazmpzS5XBJhV1qK2mS1369T4ih4pm5urD3G4Q9IDlivrr4LspLQrM94J+tAcZRKCETbacu59WImv7i3OL4CIDmk"
        + "k2U52Zh+IUj1ai1K7Y9V/pEOd+RL+3lPB5ojx9Is8TSKrFSMC0et5QLSgV3yvpqOM3IMIeJ3au4nrnFcqpl1+i0vr16VTPfv17NOu+uYiu+OGZ"
        + "LWzzcM4zxwg/O7OLb+3lu2UQ+x0SsoiJB1cxdhE//tvExZuH6Tzy+aiVn682Q31SzOMY9T/SA++r9kglR13OS9o5wMl/inofvZCWzs4WMqLU58"
        + "2oduQJnwMPEAwnmLNlUXEVexSbXAV6csLlNWwro7ocGGF6eSFfRtAaK2suEo1ieThOyM7nObukL5Z/fr+yfr9X0KUHcd/b4IEq1otB3v2ewrYP"
        + "EWvGJQ=="
    private static let stored = "eAEBDwDw/3N0b3JlZCBhcyBpdCBpcy3tBX8="

    @Test func everyKindOfBlockIsUnpacked() throws {
        let text = (0..<200).map { "\($0 * $0)" }.joined(separator: " ")
        #expect(String(decoding: try inflate(bytes(Self.squares)[...], limit: 10_000), as: UTF8.self) == text)
        #expect(String(decoding: try inflate(bytes(Self.stored)[...], limit: 15), as: UTF8.self) == "stored as it is")
        #expect(String(decoding: try inflate(bytes(Self.harmless)[...], limit: 100), as: UTF8.self).hasPrefix("1 0 2 30 <<"))
    }

    @Test func whatGrowsBeyondItsLimitOrIsDamagedIsRefused() {
        #expect(throws: Fault(.evidenceDamaged, "")) { try inflate(bytes(Self.squares)[...], limit: 100) }
        #expect(throws: Fault(.evidenceDamaged, "")) { try inflate(bytes(Self.stored)[...], limit: 14) }
        for length in 0..<(bytes(Self.squares).count - 8) {
            #expect(throws: Fault.self) { try inflate(bytes(Self.squares)[..<length], limit: 10_000) }
        }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            var altered = bytes(Self.squares)
            altered[Int.random(in: 2..<altered.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            _ = try? inflate(altered[...], limit: 10_000)
        }
    }

    @Test func harmlessObjectsPassAndScriptsDoNot() throws {
        #expect(try checkEvidence(document(bytes(Self.harmless))).format == .pdf)
        #expect(throws: Fault(.pdfActive, "")) { try checkEvidence(document(bytes(Self.script))) }
        #expect(throws: Fault(.evidenceDamaged, "")) { try checkEvidence(document(Array(bytes(Self.script).dropLast(12)))) }
        #expect(throws: Fault(.pdfActive, "")) { try checkEvidence(document(Array("1 0 << /JS (x) >>".utf8), filter: "")) }
        #expect(throws: Fault(.pdfObjectStreams, "")) {
            try checkEvidence(document(bytes(Self.script), filter: "/Filter [/ASCIIHexDecode /FlateDecode]"))
        }
    }

    private func document(_ packed: [UInt8], filter: String = "/Filter /FlateDecode") -> [UInt8] {
        Array("%PDF-1.5\n6 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length \(packed.count) \(filter) >>\nstream\r\n".utf8) + packed
            + Array("\nendstream\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n".utf8)
    }

    private func bytes(_ base64: String) -> [UInt8] { Data(base64Encoded: base64).map(Array.init) ?? [] }
}
