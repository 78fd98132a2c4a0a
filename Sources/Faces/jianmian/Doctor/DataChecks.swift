import Basics
import Foundation
import Storage

/// The data folder and the database.
enum DataChecks {
    static func folder(_ path: String) -> Finding {
        var place = path
        while !FileManager.default.fileExists(atPath: place), place.contains("/") {
            place = (place as NSString).deletingLastPathComponent
            if place.isEmpty { place = "." }
        }
        if !FileManager.default.fileExists(atPath: place) { place = "." }
        guard FileManager.default.isWritableFile(atPath: place) else {
            return Finding(
                .failed, "data folder \(path) cannot be written to",
                "chown it to the user that runs the service, or choose another with --data")
        }
        var stats = statvfs()
        guard statvfs(place, &stats) == 0 else { return Finding(.fine, "data folder \(path)") }
        let freeMegabytes = UInt64(stats.f_bavail) * UInt64(stats.f_frsize) / 1_000_000
        guard freeMegabytes >= 500 else {
            return Finding(
                .doubtful, "data folder \(path): only \(freeMegabytes) MB are free", "make room; the records grow with every call"
            )
        }
        return Finding(.fine, "data folder \(path): \(freeMegabytes) MB free")
    }

    static func database(_ settings: Settings) async -> Finding {
        if let file = settings.sqliteFile, !file.exists {
            return Finding(.fine, "database \(file.path) will be made at the first start")
        }
        let name = settings.sqliteFile?.path ?? "PostgreSQL"
        do throws(Fault) {
            let database = try await openDatabase(url: settings.databaseURL)
            let outcome = await tryToWrite(database)
            await database.close()
            if let outcome { return Finding(.failed, "database \(name): \(outcome.reason)", "see its owner, rights and disk") }
            return Finding(.fine, "database \(name) answers and can be written to")
        } catch {
            return Finding(
                .failed, "database \(name): \(error.reason)",
                "see --database; for PostgreSQL, is the server running and may this user log in?")
        }
    }

    /// Takes the write lock and leaves no trace: the work ends by throwing, so it is rolled back.
    private static func tryToWrite(_ database: any Database) async -> Fault? {
        do throws(Fault) {
            try await database.write { tx throws(Fault) in
                try tx.execute("CREATE TABLE jianmian_doctor (one BIGINT)")
                throw Fault(.doctorDone, "rolled back")
            }
            return nil
        } catch {
            return error.code == .doctorDone ? nil : error
        }
    }
}

extension Fault.Code {
    /// Ends the doctor's trial write.
    fileprivate static let doctorDone = Fault.Code("program.doctor-done", .conflict)
}
