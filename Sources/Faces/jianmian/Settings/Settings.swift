import Basics
import Configuration
import Foundation
import Lines
import Logging
import Media
import Storage

/// The settings with their types, checked.
struct Settings: Sendable {
    let data: String
    let databaseURL: String
    let keys: String
    let sealPassphraseFile: String
    let host: String
    let port: Int
    let publicURL: String?
    let tlsCertificate: String?
    let tlsKey: String?
    let tlsSelfSigned: Bool
    let behindProxy: Bool
    let demo: Bool
    let media: MediaConfiguration
    let pool: NumberPool
    let zone: BusinessZone
    let logLevel: Logger.Level
    let logsJSON: Bool
    let shutdownSeconds: Int
    let documentsPython: String
    let webhook: String?
    let webhookSecretFile: String?
    let paymentSecretFile: String?
    let resources: String?

    /// Reads flags, environment and file in this order of weight. What cannot be understood is refused by name.
    static func read(_ flags: SettingFlags) async throws -> Settings {
        let environment = ProcessInfo.processInfo.environment
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "flags", values: flags.given),
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: ["jianmian"]),
        ]
        if let file = flags.config ?? environment["JIANMIAN_CONFIG"] {
            guard FileManager.default.isReadableFile(atPath: file) else {
                throw Fault(.setting, "the configuration file \(file) cannot be read")
            }
            let place = ConfigReader(
                provider: InMemoryProvider(values: ["filePath": ConfigValue(.string(file), isSecret: false)]))
            providers.append(try await FileProvider<JSONSnapshot>(config: place))
        }
        providers.append(InMemoryProvider(name: "defaults", values: defaults))
        return try Settings(SettingReader(reader: ConfigReader(providers: providers)))
    }

    private static var defaults: [AbsoluteConfigKey: ConfigValue] {
        Setting.all.reduce(into: [:]) { values, setting in
            let content: ConfigContent =
                switch setting.fallback {
                case .text(let text): .string(text)
                case .number(let number): .int(number)
                case .no: .bool(false)
                }
            values[AbsoluteConfigKey([setting.name])] = ConfigValue(content, isSecret: false)
        }
    }

    private init(_ read: SettingReader) throws {
        data = try read.text(.data) ?? "data"
        databaseURL = try read.text(.database) ?? "sqlite:\(data)/jianmian.sqlite"
        keys = try read.text(.keys) ?? data
        sealPassphraseFile = try read.text(.sealPassphraseFile) ?? "\(keys)/seal.passphrase"
        host = try read.text(.host) ?? "127.0.0.1"
        port = try read.number(.port, within: 0...65_535)
        publicURL = try read.text(.publicURL)
        tlsCertificate = try read.text(.tlsCertificate)
        tlsKey = try read.text(.tlsKey)
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw Fault(.setting, "tls-certificate and tls-key belong together: give both or none")
        }
        tlsSelfSigned = try read.flag(.tlsSelfSigned)
        behindProxy = try read.flag(.behindProxy)
        demo = try read.flag(.demo)
        let addresses = try read.text(.mediaAddresses) ?? ""
        media = MediaConfiguration(
            workers: try read.number(.mediaWorkers, within: 0...256), bind: try read.text(.mediaHost) ?? "0.0.0.0",
            advertised: addresses.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) },
            firstPort: try read.number(.mediaPort, within: 0...65_535))
        pool = try Self.pool(try read.text(.numbers) ?? "")
        zone = try BusinessZone(try read.text(.timeZone) ?? "Asia/Shanghai")
        guard let level = Logger.Level(rawValue: try read.text(.logLevel) ?? "info") else {
            throw Fault(.setting, "log-level is none of trace, debug, info, notice, warning, error, critical")
        }
        logLevel = level
        logsJSON = try read.text(.logFormat) == "json"
        shutdownSeconds = try read.number(.shutdownSeconds, within: 1...3_600)
        documentsPython = try read.text(.documentsPython) ?? ".documents/bin/python"
        webhook = try read.text(.webhook)
        webhookSecretFile = try read.text(.webhookSecretFile)
        paymentSecretFile = try read.text(.paymentSecretFile)
        resources = try read.text(.resources)
    }

    private static func pool(_ text: String) throws(Fault) -> NumberPool {
        let ends = text.split(separator: "-").map(String.init).compactMap { PhoneNumber($0) }
        guard ends.count == 2 else { throw Fault(.setting, "numbers is a range such as 60000000-60099999") }
        if ends[0] == NumberPool.standard.first, ends[1] == NumberPool.standard.last { return .standard }
        return try NumberPool(first: ends[0], last: ends[1])
    }
}

/// Typed reading with refusals that name the setting.
private struct SettingReader {
    let reader: ConfigReader

    /// Text, nil when it is empty.
    func text(_ setting: Setting) throws(Fault) -> String? {
        do {
            let text = try reader.requiredString(forKey: ConfigKey([setting.name]))
            return text.isEmpty ? nil : text
        } catch { throw wrong(setting, "text") }
    }

    func number(_ setting: Setting, within range: ClosedRange<Int>) throws(Fault) -> Int {
        let number: Int
        do { number = try reader.requiredInt(forKey: ConfigKey([setting.name])) } catch { throw wrong(setting, "a whole number") }
        guard range.contains(number) else {
            throw wrong(setting, "between \(range.lowerBound) and \(range.upperBound)")
        }
        return number
    }

    func flag(_ setting: Setting) throws(Fault) -> Bool {
        do { return try reader.requiredBool(forKey: ConfigKey([setting.name])) } catch { throw wrong(setting, "true or false") }
    }

    private func wrong(_ setting: Setting, _ what: String) -> Fault {
        Fault(.setting, "\(setting.name) (--\(setting.name), \(setting.variable)) is not \(what)")
    }
}

extension Fault.Code {
    /// A setting cannot be understood.
    static let setting = Fault.Code("program.setting", .invalid)
    /// Another program uses the data folder.
    static let dataInUse = Fault.Code("program.data-in-use", .conflict)
    /// A file that the program needs cannot be read or written.
    static let programFile = Fault.Code("program.file", .unavailable)
}

extension Settings {
    /// The file of an embedded database; nil for a server's.
    var sqliteFile: (path: String, exists: Bool)? {
        guard databaseURL.hasPrefix("sqlite:") else { return nil }
        var path = String(databaseURL.dropFirst("sqlite:".count))
        if path.hasPrefix("//") { path.removeFirst(2) }
        return (path, FileManager.default.fileExists(atPath: path))
    }
}
