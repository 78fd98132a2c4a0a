import ArgumentParser
import Basics
import Foundation
import Storage

/// `jianmian vault`: the keys that seal personal data, documents and second factors.
struct VaultCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault", abstract: "Show and change the keys that seal personal data.",
        discussion: """
            To change the key: rotate, restart the service, reseal (while it runs; it can be stopped and run again), retire.
            """,
        subcommands: [VaultStatus.self, RotateVault.self, ResealVault.self, RetireVaultKeys.self])
}

/// `jianmian vault status`.
struct VaultStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Which keys there are, and how many rows are still under an older one.")

    @OptionGroup var flags: SettingFlags

    func run() async throws {
        try await withVault(flags) { database, keys, file in
            print("\(file): \(keys.current) seals; \(keys.ids.count - 1) older opens.")
            let vault = Vault(keys: keys)
            for column in HouseSchema.sealed {
                let left = try await database.read { tx throws(Fault) in try rowsToReseal(column, in: tx, with: vault) }
                print("\(column.table).\(column.column)\t\(left) under an older key")
            }
        }
    }
}

/// `jianmian vault rotate`.
struct RotateVault: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Make a new key; it seals from the service's next start on, the others still open.")

    @OptionGroup var flags: SettingFlags

    func run() async throws {
        try await withVault(flags) { database, keys, file in
            let rotated = keys.rotated()
            try rotated.save(file: file)
            try await note("vault.rotated", rotated, in: database)
            print(
                "\(rotated.current) seals from the next start on. Back up \(file), restart the service, then: jianmian vault reseal"
            )
        }
    }
}

/// `jianmian vault reseal`.
struct ResealVault: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reseal", abstract: "Seal every row anew with the newest key, in small steps; the service may run.")

    @OptionGroup var flags: SettingFlags

    func run() async throws {
        try await withVault(flags) { database, keys, _ in
            let vault = Vault(keys: keys)
            for column in HouseSchema.sealed {
                let left = try await database.read { tx throws(Fault) in try rowsToReseal(column, in: tx, with: vault) }
                try await resealAll([column], in: database, with: vault)
                print("\(column.table).\(column.column)\t\(left) sealed anew")
            }
            if keys.ids.count > 1 { print("Nothing needs the older keys any more: jianmian vault retire") }
        }
    }
}

/// `jianmian vault retire`.
struct RetireVaultKeys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire", abstract: "Take the older keys out of the file, once no row is under them.",
        discussion: "The file as it was is put aside, beside the new one; destroy it when you are sure, and restart the service.")

    @OptionGroup var flags: SettingFlags

    func run() async throws {
        try await withVault(flags) { database, keys, file in
            let vault = Vault(keys: keys)
            for column in HouseSchema.sealed {
                let left = try await database.read { tx throws(Fault) in try rowsToReseal(column, in: tx, with: vault) }
                guard left == 0 else {
                    throw Fault(
                        .programFile, "\(left) rows of \(column.table) are under an older key; first: jianmian vault reseal")
                }
            }
            let older = keys.ids.dropFirst()
            guard !older.isEmpty else { return print("There are no older keys.") }
            let aside = "\(file).before-\(keys.current)"
            try keys.save(file: aside)
            var kept = keys
            for id in older { kept = try kept.dropping(id) }
            try kept.save(file: file)
            try await note("vault.keys-retired", kept, in: database)
            print("\(kept.current) is the only key now. The file as it was is \(aside); destroy it when you are sure.")
        }
    }
}

/// The database and the keys of a house that is there; nothing is made.
private func withVault(
    _ flags: SettingFlags, _ work: (any Database, VaultKeys, String) async throws -> Void
) async throws {
    try await withExistingDatabase(flags) { database in
        let file = HouseKeys(folder: try await Settings.read(flags).keys).vaultFile
        try await work(database, VaultKeys.load(file: file), file)
    }
}

/// The journal names the keys; it never holds them.
private func note(_ action: String, _ keys: VaultKeys, in database: any Database) async throws(Fault) {
    let state = journalState(["current": .text("\(keys.current)"), "keys": .number(Int64(keys.ids.count))])
    try await database.write { tx throws(Fault) in
        try appendJournal(
            JournalEntry(
                at: SystemClock().now(), actor: "operator", action: action, subject: "vault:keys", clause: 1, after: state),
            in: tx)
    }
}
