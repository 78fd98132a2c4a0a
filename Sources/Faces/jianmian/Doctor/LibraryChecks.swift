import Foundation

/// Libraries and fonts. The libraries are linked, so a program that runs at all has them; this says which.
enum LibraryChecks {
    private static let libraries = [("libssl.so.3", "libssl3"), ("libpq.so.5", "libpq5"), ("libsqlite3.so.0", "libsqlite3-0")]

    static func run() -> [Finding] { libraries.map(library) + [fonts()] }

    private static func library(_ name: String, _ package: String) -> Finding {
        guard let handle = dlopen(name, RTLD_LAZY) else {
            return Finding(.failed, "library \(name) is missing", "apt-get install \(package)")
        }
        dlclose(handle)
        return Finding(.fine, "library \(name)")
    }

    /// Documents in Chinese need a font that has the characters.
    private static func fonts() -> Finding {
        let remedy = "apt-get install fontconfig fonts-noto-cjk (only documents need it, calls do not)"
        let list = Process()
        list.executableURL = URL(filePath: "/usr/bin/env")
        list.arguments = ["fc-list", ":lang=zh", "family"]
        let output = Pipe()
        list.standardOutput = output
        list.standardError = FileHandle.nullDevice
        guard (try? list.run()) != nil else { return Finding(.doubtful, "no font list can be had", remedy) }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        list.waitUntilExit()
        guard let family = text.split(separator: "\n").first else {
            return Finding(.doubtful, "no font has Chinese characters", remedy)
        }
        return Finding(.fine, "fonts for Chinese: \(family)")
    }
}
