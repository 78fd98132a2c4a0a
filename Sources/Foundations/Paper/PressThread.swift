internal import Basics
internal import Foundation
internal import Logging

/// What the press's one thread does: keeps a worker, gives it order after order, and starts another one where it fails.
struct PressThread {
    let python: String
    let documentSeconds: Int
    let logger: Logger
    /// Told the worker's process id whenever it changes.
    let tell: @Sendable (Int32?) -> Void
    private var worker: PressWorker?
    private var made = 0

    init(python: String, documentSeconds: Int, logger: Logger, tell: @escaping @Sendable (Int32?) -> Void) {
        self.python = python
        self.documentSeconds = documentSeconds
        self.logger = logger
        self.tell = tell
    }

    /// Works until the queue is closed and empty.
    consuming func run(_ queue: PressQueue) {
        startIfNeeded()
        while let order = queue.take() {
            order.customer.resume(returning: answer(to: order))
            if made >= PaperLimits.documentsPerWorker { retire() }
            startIfNeeded()
        }
        retire()
    }

    private mutating func answer(to order: PressOrder) -> Result<[UInt8], Fault> {
        guard ContinuousClock.now - order.orderedAt < .seconds(PaperLimits.waitingSeconds) else {
            return .failure(Fault(.printerBusy, "the document waited for \(PaperLimits.waitingSeconds) s"))
        }
        // A worker that died may have died of something else; a document that kills two is given back.
        for _ in 0..<2 {
            startIfNeeded()
            guard let worker else { break }
            do throws(PressWorker.Trouble) {
                made += 1
                let answer = try worker.exchange(order.request, by: .now + .seconds(documentSeconds))
                return result(answer.kind, answer.content)
            } catch {
                drop(worker)
                if error == .slow {
                    return .failure(
                        Fault(
                            .documentTooSlow, "the document took longer than \(documentSeconds) s",
                            ["seconds": "\(documentSeconds)"]))
                }
            }
        }
        return .failure(Fault(.printerUnavailable, "no worker could be started with \(python); run scripts/documents.sh"))
    }

    private func result(_ kind: PressAnswerHead.Kind, _ content: [UInt8]) -> Result<[UInt8], Fault> {
        guard kind == .done else {
            // The worker names the kind of error only; what it says would quote the document.
            let kind = String(decoding: content.prefix(64), as: UTF8.self)
            logger.warning("a document was refused", metadata: ["error": "\(kind)"])
            return .failure(Fault(.documentRefused, "the document cannot be made into a PDF: \(kind)"))
        }
        return .success(content)
    }

    private mutating func startIfNeeded() {
        guard worker == nil else { return }
        made = 0
        guard FileManager.default.isExecutableFile(atPath: python), let script = PressScript.path else { return }
        do throws(PressWorker.Trouble) {
            let started = try PressWorker(python: python, script: script)
            worker = started
            tell(started.processID)
            logger.info("the press is ready")
        } catch {
            logger.error("the press cannot be started", metadata: ["python": "\(python)"])
        }
    }

    private mutating func drop(_ broken: PressWorker) {
        logger.warning("the press's worker is replaced")
        broken.endAtOnce()
        forget()
    }

    private mutating func retire() {
        worker?.end()
        forget()
    }

    private mutating func forget() {
        worker = nil
        tell(nil)
    }
}

/// The worker's script, a resource of this room.
enum PressScript {
    static var path: String? { Bundle.module.path(forResource: "press", ofType: "py", inDirectory: "Worker") }
}
