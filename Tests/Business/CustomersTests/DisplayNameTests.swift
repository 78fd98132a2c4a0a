import Basics
import Customers
import Testing

@Suite("Names that are safe to show to others")
struct DisplayNameTests {
    @Test(arguments: [
        ("王秀英", "王秀英"),
        ("  Zhang   Min ", "Zhang Min"),
        ("Zoe\u{308}", "Zo\u{EB}"),
        ("\u{3000}李伟\u{3000}", "李伟"),
        ("O'Brien-Łukasz", "O'Brien-Łukasz"),
        ("محمد", "محمد"),
        ("李伟 📞", "李伟 📞"),
        (String(repeating: "名", count: 40), String(repeating: "名", count: 40)),
    ])
    func isTrimmedAndNormalised(typed: String, shown: String) throws {
        #expect(try DisplayName(typed).text.unicodeScalars.elementsEqual(shown.unicodeScalars))
    }

    @Test(arguments: ["", "   ", "\u{3000}", "\u{301}", "\u{20DD}\u{20DD}"])
    func anEmptyOneIsRefused(_ typed: String) {
        #expect(throws: Fault(.nameEmpty, "")) { try DisplayName(typed) }
    }

    @Test func fortyCharactersAreTheMost() {
        #expect(throws: Fault(.nameTooLong, "")) { try DisplayName(String(repeating: "名", count: 41)) }
        #expect(throws: Fault(.nameTooLong, "")) { try DisplayName(String(repeating: "x", count: 10_000)) }
        #expect(throws: Fault(.nameTooLong, "")) { try DisplayName("a" + String(repeating: "\u{301}", count: 200)) }
    }

    /// Direction overrides and isolates, zero-width characters, controls, line separators, tags, variation selectors, letters drawn as
    /// nothing, private and unassigned ones: each is refused by name.
    @Test(arguments: [
        ("a\u{202E}b", "U+202E"), ("a\u{2066}b", "U+2066"), ("\u{200B}", "U+200B"), ("a\u{200D}b", "U+200D"),
        ("a\u{FEFF}", "U+FEFF"),
        ("a\u{0}b", "U+0000"), ("a\nb", "U+000A"), ("a\tb", "U+0009"), ("a\u{85}b", "U+0085"), ("a\u{2028}b", "U+2028"),
        ("a\u{AD}b", "U+00AD"), ("a\u{E0041}", "U+E0041"), ("a\u{FE0F}", "U+FE0F"), ("\u{3164}", "U+3164"),
        ("\u{2800}", "U+2800"),
        ("a\u{E000}", "U+E000"), ("a\u{061C}b", "U+061C"), ("a\u{180E}b", "U+180E"),
    ])
    func whatCannotBeSeenIsRefused(typed: String, named: String) {
        let fault = #expect(throws: Fault.self) { try DisplayName(typed) }
        #expect(fault?.code == .nameCharacter)
        #expect(fault?.parameters["character"] == named)
    }

    /// Whatever is typed, a name that is accepted is accepted again unchanged.
    @Test func anAcceptedNameIsItsOwnNormalForm() throws {
        var random = SystemRandomNumberGenerator()
        let alphabet: [Unicode.Scalar] = ["a", "Z", "é", "王", " ", "\u{301}", "\u{1100}", "\u{1161}", "\u{3000}", "📞", "ﾃ", "-"]
        for _ in 0..<500 {
            var typed = ""
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                typed.unicodeScalars.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
            }
            guard let name = try? DisplayName(typed) else { continue }
            #expect(try DisplayName(name.text) == name, "\(typed.unicodeScalars.map(\.value))")
        }
    }
}
