import Basics
import Testing

@Suite struct ByteTextTests {
    /// RFC 4648 section 10; base64url without its padding.
    @Test(arguments: [
        ("", "", "", ""), ("f", "66", "MY", "Zg"), ("fo", "666f", "MZXQ", "Zm8"), ("foo", "666f6f", "MZXW6", "Zm9v"),
        ("foob", "666f6f62", "MZXW6YQ", "Zm9vYg"), ("fooba", "666f6f6261", "MZXW6YTB", "Zm9vYmE"),
        ("foobar", "666f6f626172", "MZXW6YTBOI", "Zm9vYmFy"),
    ])
    func theVectorsOfTheRFC(_ text: String, _ hex: String, _ thirtyTwo: String, _ sixtyFour: String) {
        let bytes = Array(text.utf8)
        #expect(hexadecimal(bytes) == hex && base32(bytes) == thirtyTwo && base64url(bytes) == sixtyFour)
        #expect(
            bytesOf(hexadecimal: hex.utf8) == bytes && bytesOf(base32: thirtyTwo) == bytes
                && bytesOf(base64url: sixtyFour) == bytes)
    }

    @Test func everyByteComesBack() {
        let all = Array(UInt8.min...UInt8.max)
        for count in 250...256 {
            let bytes = Array(all.prefix(count))
            #expect(bytesOf(hexadecimal: hexadecimal(bytes).utf8) == bytes)
            #expect(bytesOf(base32: base32(bytes)) == bytes)
            #expect(bytesOf(base64url: base64url(bytes)) == bytes)
        }
        #expect(base64url([0xFB, 0xFF]) == "-_8", "the two digits in which base64url is not base64")
    }

    @Test(arguments: ["6", "66 ", "6g", "6G", "6F", "666", "é", "0x66", "\u{FF16}\u{FF16}"])
    func whatIsNotHexadecimalIsRefused(_ text: String) { #expect(bytesOf(hexadecimal: text.utf8) == nil) }

    /// Lower case, padding, digits outside the alphabet; one digit too many; `MZ` and `Zh` have bits that no byte owns.
    @Test func whatIsNotBase32OrBase64URLIsRefused() {
        for text in ["my", "MY======", "M1", "M8", "M", "MZX", "MZXW6Y", "MZ", " MY", "ＭＹ"] {
            #expect(bytesOf(base32: text) == nil, "\(text)")
        }
        for text in ["Zg==", "Z", "Zm9vY", "Zh", "+w", "/w", "Z g", "Zg\n", "é"] {
            #expect(bytesOf(base64url: text) == nil, "\(text)")
        }
    }

    @Test func muchTextIsReadInOneGo() {
        let bytes = [UInt8](repeating: 0xA5, count: 1_000_000)
        #expect(bytesOf(base64url: base64url(bytes)) == bytes)
    }
}

@Suite struct CSVTextTests {
    @Test func noCellBecomesAFormula() {
        // A formula gets an apostrophe; a plain negative number stays a number; commas, quotes and line breaks are quoted.
        #expect(CSVText.cell("=1+1") == "'=1+1")
        #expect(CSVText.cell("+86 10") == "'+86 10")
        #expect(CSVText.cell("@SUM(A1)") == "'@SUM(A1)")
        #expect(CSVText.cell("\tx") == "'\tx")
        #expect(CSVText.cell("＝1") == "'＝1")
        #expect(CSVText.cell("-12.50") == "-12.50")
        #expect(CSVText.cell("-cmd|' /C calc'!A0") == "'-cmd|' /C calc'!A0")
        #expect(CSVText.cell("a,\"b\"") == "\"a,\"\"b\"\"\"")
        #expect(CSVText.cell("\"") == "\"\"\"\"")
        #expect(CSVText.cell("两\n行") == "\"两\n行\"")
        #expect(CSVText.cell("\r\n=1") == "\"'\r\n=1\"")
        #expect(CSVText.cell("") == "")
    }

    @Test func aFileHasAMarkAndALineForEachRow() {
        #expect(
            CSVText.table(header: ["name", "sum"], rows: [["a, b", "1"], ["", "=2"]]) == "name,sum\r\n\"a, b\",1\r\n,'=2\r\n")
        #expect(CSVText.file(header: ["号"], rows: []) == [0xEF, 0xBB, 0xBF, 0xE5, 0x8F, 0xB7, 0x0D, 0x0A])
    }
}
