import Basics
import Calls
import Media
import Paper
import ServiceLifecycle
import Storage

// The long-running parts as services of one group. They stop in reverse order: web, calls, media, sealer, database.

/// Closes the database last.
struct DatabaseService: Service {
    let database: any Database

    func run() async throws {
        try? await gracefulShutdown()
        await database.close()
    }
}

/// Seals the journal; seals what is left when it is asked to stop.
struct SealerService: Service {
    let sealer: JournalSealer

    func run() async throws {
        await cancelWhenGracefulShutdown { await sealer.run() }
    }
}

/// Keeps the media threads until nobody needs them any more.
struct MediaService: Service {
    let media: MediaServer

    func run() async throws {
        try? await gracefulShutdown()
        await media.shutDown()
    }
}

/// Ends the worker that makes PDF files once what waits is done.
struct PressService: Service {
    let press: PDFPress

    func run() async throws {
        try? await gracefulShutdown()
        await press.shutDown()
    }
}

/// Runs call control; at a shutdown every call is ended and settled.
struct CallsService: Service {
    let calls: CallControl

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await calls.run() }
            try? await gracefulShutdown()
            await calls.shutDown()
            group.cancelAll()
        }
    }
}
