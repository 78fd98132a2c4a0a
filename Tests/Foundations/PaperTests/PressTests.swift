import Basics
import Foundation
import Paper
import Testing

@Suite(.serialized, .enabled(if: hasPress)) struct PressTests {
    @Test func `a document of eighteen clauses becomes pages with embedded Chinese fonts`() async throws {
        let pdf = try await withPress { try await $0.pdf(html: eighteenClauses) }
        #expect(pdf.starts(with: Array("%PDF-1.7".utf8)))
        let text = try poppler("pdftotext", pdf, "-layout", "FILE", "-")
        #expect(text.contains("可视电话视频通信服务协议"))
        #expect(text.contains("Clause 18 · Payment of service fees"))
        let pages = text.split(separator: "\u{c}").count
        #expect(pages > 3)
        #expect(text.contains("\(pages)/\(pages)"))
        // name, type, encoding, emb, sub, uni: every font is embedded as a subset.
        let fonts = try poppler("pdffonts", pdf).split(separator: "\n").dropFirst(2)
        #expect(fonts.contains { $0.contains("NotoSerifCJK") || $0.contains("Noto-Serif-CJK") })
        #expect(fonts.allSatisfy { $0.contains(" yes yes yes ") })
    }

    @Test func `one document after another, and two at once, are each their own`() async throws {
        try await withPress { press in
            async let first = press.pdf(html: "<meta charset=utf-8><p>一号")
            async let second = press.pdf(html: "<meta charset=utf-8><p>二号")
            let texts = try (poppler("pdftotext", await first, "FILE", "-"), poppler("pdftotext", await second, "FILE", "-"))
            #expect(texts.0.contains("一号"))
            #expect(texts.1.contains("二号"))
        }
    }

    @Test func `a QR code stands where a document asks for one`() async throws {
        try await withPress { press in
            let with = try await press.pdf(html: "<p>x</p><img data-qr='no' alt=''><img alt='' data-qr=\"A &amp; B\">")
            let without = try await press.pdf(html: "<p>x</p><img alt=''>")
            #expect(with.count > without.count + 400)
            let svg = try await press.qrSVG("otpauth://totp/见面:alice?secret=ABC&issuer=Jianmian")
            #expect(svg.hasPrefix("<svg"))
            #expect(svg.contains("viewBox"))
            #expect(!svg.contains("style="))
        }
    }

    @Test(arguments: [
        "<img src='http://127.0.0.1:9/x.png'>", "<img src='file:///etc/hostname'>",
        "<link rel=stylesheet href='https://example.cn/a.css'>",
        "<style>@import url(//example.cn/a.css)</style>",
        "<style>@font-face { font-family: a; src: url(file:///a.ttf) } p { font-family: a }</style>",
        "<embed src='file:///etc/passwd'>", "<link rel=attachment href='file:///etc/passwd'>",
    ]) func `a document that asks for something from outside never gets it`(html: String) async throws {
        try await withPress { press in
            do throws(Fault) {
                let pdf = try await press.pdf(html: html + "<p>in")
                Issue.record("made \(pdf.count) bytes of \(html)")
            } catch {
                #expect(error.code == .documentRefused)
            }
            // The press goes on.
            let next = try await press.pdf(html: "<p>next")
            #expect(!next.isEmpty)
        }
    }

    @Test func `a worker that dies is replaced and its document is made`() async throws {
        try await withPress { press in
            _ = try await press.pdf(html: "<p>one")
            let first = try #require(press.workerProcess)
            kill(first, SIGKILL)
            let two = try await press.pdf(html: "<p>two")
            #expect(!two.isEmpty)
            #expect(press.workerProcess != first)
        }
    }

    @Test func `a document that takes too long is given up, the next one is made`() async throws {
        try await withPress(documentSeconds: 1) { press in
            // Some ten thousand nested floats take minutes.
            let endless = String(repeating: "<div style='float:left'>x", count: 10_000)
            await #expect(throws: Fault(.documentTooSlow, "")) { _ = try await press.pdf(html: endless) }
            let next = try await press.pdf(html: "<p>next")
            #expect(!next.isEmpty)
        }
    }

    @Test func `what is too large is refused before it is sent`() async throws {
        try await withPress { press in
            await #expect(throws: Fault(.documentTooLarge, "")) {
                try await press.pdf(html: String(repeating: "a", count: PaperLimits.documentBytes + 1))
            }
            await #expect(throws: Fault(.documentTooLarge, "")) {
                try await press.qrSVG(String(repeating: "a", count: PaperLimits.codeBytes + 1))
            }
        }
    }

    @Test func `more documents than may wait are refused at once`() async throws {
        try await withPress { press in
            let outcomes = await withTaskGroup(of: Fault.Code?.self) { group in
                for _ in 0..<(PaperLimits.waitingDocuments * 2) {
                    group.addTask {
                        do throws(Fault) {
                            _ = try await press.pdf(html: "<p>x")
                            return nil
                        } catch { return error.code }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.contains(.printerBusy))
            #expect(outcomes.count { $0 == nil } >= PaperLimits.waitingDocuments)
        }
    }

    @Test func `after the shutdown nothing is made`() async throws {
        let press: PDFPress = try await withPress { $0 }
        await #expect(throws: Fault(.printerUnavailable, "")) { _ = try await press.pdf(html: "<p>late") }
        #expect(press.workerProcess == nil)
    }
}

@Suite struct MissingPressTests {
    @Test(arguments: ["/nowhere/python", "/bin/cat", "/bin/true"]) func `without its Python the press says so`(python: String)
        async throws
    {
        try await withPress(python: python) { press in
            await #expect(throws: Fault(.printerUnavailable, "")) { _ = try await press.pdf(html: "<p>x") }
        }
    }
}
