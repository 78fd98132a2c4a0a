public import Basics
internal import Foundation
public import Storage

/// One of the two originals as a page to print: the document as it was signed, a sheet with both signatures, seal and QR code, and the
/// fingerprint on every page.
public struct PrintedOriginal: Sendable {
    /// 1 is the customer's, 2 the provider's.
    public let copy: Int
    /// The QR code to the page that verifies the fingerprint, as an SVG element; nil leaves its place empty.
    public let qrCode: String?

    /// Describes an original. The SVG is the caller's own, never text from outside.
    public init(copy: Int, qrCode: String?) {
        self.copy = copy == 2 ? 2 : 1
        self.qrCode = qrCode
    }
}

/// The HTML of an original, for the printer of PDFs. Its bytes depend on what was signed, on the annexes, and on nothing else.
public func printedOriginal(
    _ original: PrintedOriginal, of agreement: Agreement, vault: Vault, in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> String {
    let document = try storedDocument(agreement.documentHash, vault: vault, in: tx)
    let version = try agreementVersion(agreement.version, in: tx)
    let sheet = signatureSheet(original, agreement, version.terms.provider.name, zone)
    var html = document.html
    insert(pageStyle(original, agreement), before: "</head>", into: &html)
    insert(sheet, before: "</body>", into: &html)
    return html
}

/// The document holds each of these marks once: everything else in it is escaped.
private func insert(_ addition: String, before mark: String, into html: inout String) {
    guard let range = html.range(of: mark, options: .backwards) else { return }
    html.insert(contentsOf: addition, at: range.lowerBound)
}

private func pageStyle(_ original: PrintedOriginal, _ agreement: Agreement) -> String {
    """
    <style>
    @page {
      @top-left { content: "\(agreement.number)"; font-size: 8pt; color: #666; }
      @top-right { content: "正本 \(original.copy)/2 · Original \(original.copy)/2"; font-size: 8pt; color: #666; font-family: "Noto Serif CJK SC"; }
      @bottom-left { content: "\(agreement.fingerprint.hex)"; font-size: 6.5pt; color: #666; font-family: "Noto Sans Mono", "DejaVu Sans Mono", monospace; }
      @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; color: #666; }
    }
    .signatures { break-before: page; }
    .signatures .sign { display: inline-block; width: 47%; vertical-align: top; }
    .signatures p { text-align: left; }
    .signatures svg { width: 42mm; height: 42mm; }
    .signatures .qr svg { width: 30mm; height: 30mm; }
    </style>

    """
}

private func signatureSheet(
    _ original: PrintedOriginal, _ agreement: Agreement, _ provider: String, _ zone: BusinessZone
) -> String {
    let customer = agreement.customerSignature.map { signature in
        let how =
            signature.publicKey.map { "P-256 · <code>\($0.thumbprint.grouped)</code>" }
            ?? "一次性验证码 <span lang=\"en\">one-time code</span>"
        return """
            <p>\(stamped(signature.at, zone))</p>
            <p>\(how)</p>
            <p><code>\(grouped(hexadecimal(signature.signature), by: 8))</code></p>
            """
    }
    let seal = agreement.providerSignature.map { signature in
        """
        \(sealImage(for: provider))<p>\(stamped(signature.at, zone))</p>
        <p><code>\(grouped(hexadecimal(signature.signature), by: 8))</code></p>
        """
    }
    let open = "<p>尚未签署 <span lang=\"en\">not signed yet</span></p>"
    let force =
        agreement.inForceAt.map { "<p>生效 <span lang=\"en\">In force</span> \(stamped($0, zone))</p>" }
        ?? "<p>尚未生效 <span lang=\"en\">Not in force</span></p>"
    return """
        <section class="signatures">
        <h2>签署页 <span lang="en">Signatures</span></h2>
        <div class="sign"><h3>甲方 <span lang="en">The Customer</span></h3>
        \(customer ?? open)</div>
        <div class="sign"><h3>乙方 <span lang="en">The Provider</span></h3>
        \(seal ?? open)</div>
        \(force)
        <p>文件 <span lang="en">Document</span> SHA-256<br><code>\(agreement.documentHash.grouped)</code></p>
        <p>指纹 <span lang="en">Fingerprint</span>（附件 \(agreement.annexes.count) <span lang="en">annexes</span>）<br><code>\(agreement.fingerprint.grouped)</code></p>
        <div class="qr">\(original.qrCode ?? "")</div>
        </section>

        """
}

/// Date and clock of the provider's zone, and the instant itself.
private func stamped(_ instant: Timestamp, _ zone: BusinessZone) -> String {
    let clock = zone.clock(of: instant)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return
        "\(chinese(clock.date)) \(two(clock.hour)):\(two(clock.minute)):\(two(clock.second)) <span class=\"small\">(\(instant))</span>"
}
