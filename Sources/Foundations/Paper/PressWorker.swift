internal import Basics
internal import Foundation

/// One Python process that makes PDF files, and the socket pair that is its input and output.
struct PressWorker {
    /// How an exchange with the process failed.
    enum Trouble: Error {
        /// It has ended, or speaks nonsense.
        case dead
        /// It has not answered in time.
        case slow
    }

    private let process: Process
    private let socket: Int32

    /// Starts the process and waits until it has loaded its libraries and fonts.
    init(python: String, script: String) throws(Trouble) {
        var ends: [Int32] = [-1, -1]
        // A socket pair rather than two pipes: writing to a dead process is then an error, not a signal.
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else { throw .dead }
        let theirs = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        socket = ends[0]
        _ = fcntl(socket, F_SETFL, O_NONBLOCK)
        process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-I", "-B", script]
        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": NSTemporaryDirectory()]
        process.standardInput = theirs
        process.standardOutput = theirs
        // WeasyPrint's warnings quote the document, which holds personal data.
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch {
            close(socket)
            throw .dead
        }
        try? theirs.close()
        do throws(Trouble) {
            guard try answer(by: .now + .seconds(PaperLimits.startSeconds)).kind == .ready else { throw .dead }
        } catch {
            end()
            throw error
        }
    }

    /// The process's id, for tests that kill it.
    var processID: Int32 { process.processIdentifier }

    /// Sends a request and waits for its answer.
    func exchange(_ request: [UInt8], by deadline: ContinuousClock.Instant) throws(Trouble) -> (
        kind: PressAnswerHead.Kind, content: [UInt8]
    ) {
        try send(request, by: deadline)
        return try answer(by: deadline)
    }

    /// Closes the socket, which ends an idle process by itself, and kills one that does not end.
    func end() {
        close(socket)
        let deadline = ContinuousClock.now + .seconds(PaperLimits.endSeconds)
        while process.isRunning, ContinuousClock.now < deadline { usleep(5_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// Ends a process that hangs.
    func endAtOnce() {
        kill(process.processIdentifier, SIGKILL)
        end()
    }

    private func answer(by deadline: ContinuousClock.Instant) throws(Trouble) -> (kind: PressAnswerHead.Kind, content: [UInt8]) {
        guard let head = PressAnswerHead(try receive(PressAnswerHead.bytes, by: deadline)) else { throw .dead }
        return (head.kind, try receive(head.length, by: deadline))
    }

    private func send(_ bytes: [UInt8], by deadline: ContinuousClock.Instant) throws(Trouble) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.send(socket, $0.baseAddress.map { $0 + sent }, $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count > 0 { sent += count } else { try wait(for: Int16(POLLOUT), by: deadline) }
        }
    }

    private func receive(_ count: Int, by deadline: ContinuousClock.Instant) throws(Trouble) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var received = 0
        while received < count {
            let more = bytes.withUnsafeMutableBytes { recv(socket, $0.baseAddress.map { $0 + received }, count - received, 0) }
            guard more != 0 else { throw .dead }
            if more > 0 { received += more } else { try wait(for: Int16(POLLIN), by: deadline) }
        }
        return bytes
    }

    /// Waits until the socket can go on; called after a call that could not, with its `errno`.
    private func wait(for event: Int16, by deadline: ContinuousClock.Instant) throws(Trouble) {
        guard errno == EAGAIN || errno == EINTR else { throw .dead }
        let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
        guard left > 0 else { throw .slow }
        var one = pollfd(fd: socket, events: event, revents: 0)
        // In short steps, so that an interrupted wait cannot pass the deadline.
        _ = poll(&one, 1, Int32(min(left.rounded(.up), 1_000)))
    }
}
