public import Basics
internal import Foundation
public import Storage

/// `journal.jsonl`: what the journal says of a case, one entry a line with its link in the hash chain.
public enum CaseJournal {
    static let path = "journal.jsonl"

    enum Check {
        case right(entries: Int)
        /// The place in the file where the line begins whose link does not follow from its words.
        case wrong(at: Int)
    }

    private struct Line: Codable {
        var position: Int64
        var id: Int64
        var at: Int64
        var actor: String
        var action: String
        var subject: String
        var clause: Int?
        var before: String?
        var after: String?
        var previous: String
        var hash: String
    }

    /// The file for a case.
    public static func item(_ slice: [SealedEntry]) throws(Fault) -> CaseItem {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var bytes: [UInt8] = []
        for sealed in slice {
            let entry = sealed.entry
            let line = Line(
                position: sealed.position, id: sealed.id, at: entry.at.milliseconds, actor: entry.actor, action: entry.action,
                subject: entry.subject, clause: entry.clause, before: entry.before, after: entry.after,
                previous: hexadecimal(sealed.previous), hash: hexadecimal(sealed.hash))
            do { bytes += try encoder.encode(line) + [UInt8(ascii: "\n")] } catch {
                throw Fault(.caseUnreadable, "a journal entry cannot be written")
            }
        }
        return try CaseItem(path: path, bytes: bytes)
    }

    static func check(_ bytes: [UInt8]) -> Check {
        var (start, entries) = (0, 0)
        for text in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if text.isEmpty, start >= bytes.count { break }
            guard let line = try? JSONDecoder().decode(Line.self, from: Data(text)), let sealed = sealed(line), sealed.fits else {
                return .wrong(at: start)
            }
            start += text.count + 1
            entries += 1
        }
        return .right(entries: entries)
    }

    private static func sealed(_ line: Line) -> SealedEntry? {
        guard let previous = bytesOf(hexadecimal: Array(line.previous.utf8)),
            let hash = bytesOf(hexadecimal: Array(line.hash.utf8))
        else { return nil }
        let entry = JournalEntry(
            at: Timestamp(milliseconds: line.at), actor: line.actor, action: line.action, subject: line.subject,
            clause: line.clause, before: line.before, after: line.after)
        return SealedEntry(position: line.position, id: line.id, entry: entry, previous: previous, hash: hash)
    }
}
