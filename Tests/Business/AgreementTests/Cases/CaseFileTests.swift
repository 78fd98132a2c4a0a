import Agreement
import Basics
import Foundation
import Storage
import Testing

@Suite("Case files")
struct CaseFileTests {
    static let seal = ProviderSeal.ephemeral()
    static let subject = CaseSubject(
        agreement: "JM-2026-000001", customer: "c1", madeAt: Timestamp(milliseconds: 1_795_395_600_000), madeBy: "staff:1")

    private func items() throws -> [CaseItem] {
        [
            try CaseItem(path: "agreement/document.html", bytes: Array("<!doctype html><p>协议 agreement</p>".utf8)),
            try CaseItem(path: "empty.txt", bytes: []),
            try CaseItem(path: "calls.csv", bytes: (0..<300).map { UInt8(truncatingIfNeeded: $0 * 31) }),
            try CaseJournal.item([]),
        ]
    }

    private func made() throws -> [UInt8] { try caseFile(items(), about: Self.subject, sealedBy: Self.seal) }

    @Test func aCaseIsRightAndSaysWhatItIsAbout() throws {
        let report = verifyCaseFile(try made())
        #expect(report.misfit == nil)
        #expect(report.about == Self.subject)
        #expect(report.files == 4)
    }

    /// Every byte of a case, changed alone, is found, and all but those of the signature exactly.
    @Test func everyChangedByteIsFoundAndNamed() throws {
        let right = try made()
        for offset in right.indices {
            var wrong = right
            wrong[offset] ^= UInt8(1 << (offset % 8))
            let misfit = verifyCaseFile(wrong).misfit
            let isSignature = offset >= right.count - 128
            if isSignature {
                #expect(misfit?.part == "signature", "byte \(offset)")
            } else {
                #expect(misfit?.offset == offset && misfit?.isExact == true, "byte \(offset): \(String(describing: misfit))")
            }
        }
    }

    @Test func aCaseThatIsCutOrLengthenedIsFound() throws {
        let right = try made()
        for length in stride(from: 0, to: right.count, by: 7) {
            #expect(!verifyCaseFile(Array(right.prefix(length))).isRight, "cut to \(length)")
        }
        #expect(!verifyCaseFile(right + [0]).isRight)
    }

    /// Somebody who rewrites a file and every hash still lacks the provider's key.
    @Test func aCaseOfAnotherSealShowsIt() throws {
        let forged = try caseFile(items(), about: Self.subject, sealedBy: .ephemeral())
        #expect(verifyCaseFile(forged).seal != verifyCaseFile(try made()).seal)
    }

    @Test func otherProgramsOpenIt() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "case-\(UUID().uuidString).zip")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(made()).write(to: file)
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = [
            "python3", "-c",
            "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); sys.exit(z.testzip() is not None or len(z.namelist()) != 5)",
            file.path,
        ]
        try python.run()
        python.waitUntilExit()
        #expect(python.terminationStatus == 0)
    }

    @Test(arguments: [
        "", "../x", "a/../b", "/etc/passwd", "a//b", ".hidden", "manifest.json", "a b", "名.txt",
        String(repeating: "a", count: 300),
    ])
    func pathsThatCouldClimbAreRefused(path: String) {
        #expect(throws: Fault(.casePath, "")) { try CaseItem(path: path, bytes: []) }
    }

    @Test func twoFilesOfOnePathAreRefused() throws {
        let twice = [try CaseItem(path: "a", bytes: [1]), try CaseItem(path: "a", bytes: [2])]
        #expect(throws: Fault(.casePath, "")) { try caseFile(twice, about: Self.subject, sealedBy: Self.seal) }
    }

    @Test func noiseIsNoCase() {
        for seed in 0..<200 {
            let noise = (0..<(seed * 13)).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ seed) }
            #expect(!verifyCaseFile(noise).isRight)
        }
    }

    /// A thousand files with bytes changed, taken out and put in end in an answer and not in a trap.
    @Test func aMangledCaseIsNeverRight() throws {
        var random = SplitMix(state: 42)
        let right = try made()
        for _ in 0..<1_000 {
            var mangled = right
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                let place = Int.random(in: 0..<mangled.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: mangled[place] = UInt8.random(in: 0...255, using: &random)
                case 1: mangled.remove(at: place)
                default: mangled.insert(UInt8.random(in: 0...255, using: &random), at: place)
                }
            }
            if mangled != right { #expect(!verifyCaseFile(mangled).isRight) }
        }
    }

    /// The manifest's own path exchanged everywhere for one that climbs out; lengths that promise four gigabytes.
    @Test func aCaseThatClimbsOutOrPromisesTooMuchIsFound() throws {
        let right = try made()
        var climbing = right
        let name = Array("empty.txt".utf8)
        for place in right.indices where right[place...].starts(with: name) {
            climbing.replaceSubrange(place..<place + name.count, with: Array("../../etc".utf8))
        }
        #expect(climbing != right && !verifyCaseFile(climbing).isRight)
        for field in [14, 18, 22, 26] {
            var bomb = right
            bomb.replaceSubrange(field..<field + 4, with: [0xFF, 0xFF, 0xFF, 0xFF])
            #expect(!verifyCaseFile(bomb).isRight, "\(field)")
        }
    }
}
