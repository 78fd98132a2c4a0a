import Basics
import Synchronization

/// How many files may be on their way at once; who comes when all places are taken is asked to come again.
final class UploadPlaces: Sendable {
    private let taken = Mutex(0)

    func occupying<T: Sendable>(_ work: @Sendable () async throws -> T) async throws -> T {
        let isFree = taken.withLock { taken in
            guard taken < WebLimits.uploadsAtOnce else { return false }
            taken += 1
            return true
        }
        guard isFree else { throw Fault(.webBusy, "too many files are on their way") }
        defer { taken.withLock { $0 -= 1 } }
        return try await work()
    }
}
