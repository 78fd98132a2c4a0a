import Basics
import Foundation
import Logging
import Paper
import Testing

/// The environment that `scripts/documents.sh` makes; another one by JIANMIAN_TEST_DOCUMENTS_PYTHON.
let python: String =
    ProcessInfo.processInfo.environment["JIANMIAN_TEST_DOCUMENTS_PYTHON"]
    ?? URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../.documents/bin/python").standardized.path

/// Whether there is something to test with; `./test` makes it.
let hasPress = FileManager.default.isExecutableFile(atPath: python)

/// A press for one test.
@discardableResult
func withPress<T>(
    python: String = python, documentSeconds: Int = PaperLimits.documentSeconds, _ body: (PDFPress) async throws -> T
) async throws -> T {
    let press = PDFPress(
        python: python, documentSeconds: documentSeconds, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    do {
        let value = try await body(press)
        await press.shutDown()
        return value
    } catch {
        await press.shutDown()
        throw error
    }
}

/// What one of Poppler's programs says about a PDF.
func poppler(_ program: String, _ pdf: [UInt8], _ arguments: String...) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "jianmian-paper-\(UUID().uuidString).pdf")
    try Data(pdf).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/\(program)")
    process.arguments = arguments.isEmpty ? [file.path] : arguments.map { $0 == "FILE" ? file.path : $0 }
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: said, as: UTF8.self)
}

/// A document as long as the agreement: eighteen clauses, each in Chinese and English, with numbered pages and a code.
let eighteenClauses: String = {
    let clauses = (1...18).map { number in
        """
        <section><h2 lang="zh">第 \(number) 条　服务费用的缴纳</h2>
        <p lang="zh">甲方应在缴费期限届满前足额缴纳各项服务费用。甲方逾期缴纳的，除补缴欠费外，还应按照所欠费用每日千分之三向乙方支付违约金；\
        逾期超过一个月的，乙方可以中止提供服务；超过三个月的，乙方可以终止服务，并依法追缴欠费和违约金。</p>
        <h2 lang="en">Clause \(number) · Payment of service fees</h2>
        <p lang="en">The Customer pays all service fees in full by the due date. Where payment is late, the Customer pays, besides the arrears, a penalty
        of three per mille of the arrears for each day of delay; after one month the Provider may suspend the service, after three months it may terminate it
        and pursue arrears and penalty by law.</p></section>
        """
    }
    return """
        <!doctype html><html lang="zh"><meta charset="utf-8"><title>协议</title><style>
        @page { size: A4; margin: 22mm 20mm; @bottom-center { content: counter(page) " / " counter(pages) } }
        body { font: 10.5pt/1.7 "Noto Serif CJK SC" } h2 { font: 600 11.5pt "Noto Sans CJK SC" }
        </style><h1>可视电话视频通信服务协议</h1>\(clauses.joined())<p><img data-qr="https://example.cn/verify?f=8F3A&amp;c=1"></p></html>
        """
}()
