import Basics
import Foundation

/// The data folder, held by one program at a time: a second one would settle the first one's open calls.
final class DataFolder: Sendable {
    let path: String
    private let lock: Int32

    /// Makes the folder when it is not there and takes its lock; the lock goes with the process.
    init(_ path: String) throws(Fault) {
        self.path = path
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Fault(.programFile, "the data folder \(path) cannot be made: \(error.localizedDescription)")
        }
        lock = open("\(path)/jianmian.lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw Fault(.programFile, "the data folder \(path) cannot be written to; see its owner and rights")
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw Fault(.dataInUse, "another jianmian already works in \(path); stop it or choose another folder with --data")
        }
    }

    deinit { close(lock) }
}
