public import Basics
internal import Foundation
public import Logging
internal import Synchronization

/// Makes PDF files of HTML documents with a warm WeasyPrint, one at a time.
///
/// Documents are complete in themselves: nothing is fetched, and a document that asks for something from outside is refused. `<img data-qr="TEXT">`
/// becomes the QR code of TEXT; `<meta name="document-id" content="…">` with 64 hexadecimal digits becomes the PDF's own identifier, which stands
/// readable in the file. Without Python or its libraries everything else goes on, and documents answer `paper.printer-unavailable`.
public final class PDFPress: Sendable {
    private let queue = PressQueue()
    private let ended: AsyncStream<Never>
    private let logger: Logger
    private let process = Mutex<Int32?>(nil)

    /// A press with its own thread; its worker starts at once, so that the first document finds it warm.
    ///
    /// - Parameters:
    ///   - python: the interpreter of the environment that `scripts/documents.sh` makes
    ///   - documentSeconds: what one document may take
    ///   - logger: what happens to the worker, never what documents say
    public init(python: String, documentSeconds: Int = PaperLimits.documentSeconds, logger: Logger) {
        self.logger = logger
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        ended = stream
        let thread = Thread { [self] in
            PressThread(
                python: python, documentSeconds: documentSeconds, logger: logger,
                tell: { id in self.process.withLock { $0 = id } }
            ).run(queue)
            continuation.finish()
        }
        thread.name = "press"
        thread.start()
    }

    /// The PDF of a document.
    public func pdf(html: String) async throws(Fault) -> [UInt8] { try await make(.document, html, PaperLimits.documentBytes) }

    /// A text as a QR code in SVG, of class `qr`, to stand in a page.
    public func qrSVG(_ text: String) async throws(Fault) -> String {
        String(decoding: try await make(.code, text, PaperLimits.codeBytes), as: UTF8.self)
    }

    /// The worker that is running, for tests that end it and for figures of its memory.
    package var workerProcess: Int32? { process.withLock { $0 } }

    /// Finishes what waits and ends the worker.
    public func shutDown() async {
        queue.close()
        for await _ in ended {}
    }

    private func make(_ kind: PressOrder.Kind, _ text: String, _ limit: Int) async throws(Fault) -> [UInt8] {
        let content = Array(text.utf8)
        guard content.count <= limit else {
            throw Fault(.documentTooLarge, "the document has \(content.count) bytes, more than \(limit)", ["limit": "\(limit)"])
        }
        let answer: Result<[UInt8], Fault> = await withCheckedContinuation { customer in
            do throws(Fault) {
                try queue.add(PressOrder(kind: kind, content: content, orderedAt: .now, customer: customer))
            } catch {
                customer.resume(returning: .failure(error))
            }
        }
        return try answer.get()
    }
}
