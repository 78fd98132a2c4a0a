// Writes words and their journal entries as fast as it can, telling each committed one on standard output, until it is killed.
// It is a process of CrashTests and no part of the product.

import Basics
import Foundation
import Logging
import Storage

let words = Migration(room: "crash", number: 1, statements: ["CREATE TABLE crash_words (word TEXT PRIMARY KEY)"])

func write(_ word: String, to database: any Database) async throws(Fault) {
    try await database.write { tx throws(Fault) in
        try tx.execute("INSERT INTO crash_words (word) VALUES ($1)", [.text(word)])
        try appendJournal(
            JournalEntry(at: SystemClock().now(), actor: "system", action: "word.written", subject: "word:\(word)"), in: tx)
    }
    // One unbuffered write: the parent sees whole lines in any order.
    FileHandle.standardOutput.write(Data("\(word)\n".utf8))
}

let database = try await openDatabase(url: CommandLine.arguments[1])
try await migrate(database, StorageSchema.migrations + [words])
let sealer = JournalSealer(database: database, logger: Logger(label: "crash-writer"))
try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { await sealer.run() }
    for writer in 0..<16 {
        group.addTask {
            let run = UUID().uuidString
            for number in 0..<1_000_000 { try await write("\(run)-\(writer)-\(number)", to: database) }
        }
    }
    try await group.waitForAll()
}
