/// The smallest files that are whole, made by hand.
enum SampleFiles {
    /// SOI, APP0 (JFIF), SOF0 of 16 × 8 with one component, SOS, three bytes of data with a stuffed zero and a restart, EOI.
    static func jpeg(width: UInt16 = 16, height: UInt16 = 8, comment: [UInt8] = [], after: [UInt8] = []) -> [UInt8] {
        var bytes: [UInt8] = [0xFF, 0xD8]
        bytes += [0xFF, 0xE0, 0, 16] + Array("JFIF".utf8) + [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]
        if !comment.isEmpty { bytes += [0xFF, 0xFE] + big16(UInt16(comment.count + 2)) + comment }
        bytes += [0xFF, 0xC0, 0, 11, 8] + big16(height) + big16(width) + [1, 1, 0x11, 0]
        bytes += [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0]
        bytes += [0x12, 0xFF, 0x00, 0xFF, 0xD0, 0x34]
        return bytes + [0xFF, 0xD9] + after
    }

    /// Signature, IHDR, IDAT, IEND; checksums are right.
    static func png(width: UInt32 = 16, height: UInt32 = 8, extra: [UInt8] = [], after: [UInt8] = []) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", big32(width) + big32(height) + [8, 2, 0, 0, 0]) + extra
            + chunk("IDAT", [0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]) + chunk("IEND", []) + after
    }

    static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + data
        return big32(UInt32(data.count)) + body + big32(crc(body))
    }

    /// A PDF of one page whose catalogue has what is given.
    static func pdf(catalogue: String = "", body: String = "", end: String = "%%EOF\n") -> [UInt8] {
        let text = """
            %PDF-1.4
            1 0 obj
            << /Type /Catalog /Pages 2 0 R \(catalogue) >>
            endobj
            2 0 obj
            << /Type /Pages /Kids [3 0 R] /Count 1 >>
            endobj
            3 0 obj
            << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>
            endobj
            4 0 obj
            << /Length 33 >>
            stream
            BT /F1 12 Tf (JS in a text /JS) Tj ET
            endstream
            endobj
            \(body)
            trailer
            << /Root 1 0 R /Size 5 >>
            startxref
            0
            \(end)
            """
        return Array(text.utf8)
    }

    private static func big16(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }

    private static func big32(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }

    /// Bit by bit, straight from ISO 3309, so that it is not the code under test.
    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var value: UInt32 = .max
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
        }
        return ~value
    }
}
