import Access
import Agreement
import ArgumentParser
import Basics
import Billing
import Calls
import Foundation
import Logging
import Media
import Orders
import Paper
import ServiceLifecycle
import Storage
import UnixSignals
import Web

/// `jianmian serve`: the carrier.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the carrier: pages, API, signalling, media, charging and the books.",
        discussion: "Every flag can also be set as a variable or in a file; `jianmian settings` prints the table.")

    @OptionGroup var flags: SettingFlags

    func run() async throws {
        try await orExplain {
            let settings = try await Settings.read(flags)
            LoggingSystem.bootstrap { LineLog(label: $0, level: settings.logLevel, isJSON: settings.logsJSON) }
            try await House(settings).run()
        }
    }
}

/// Runs work; a fault becomes one plain line on standard error and exit code 1.
func orExplain(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch let fault as Fault {
        FileHandle.standardError.write(Data("jianmian: \(fault.reason) [\(fault.code.rawValue)]\n".utf8))
        throw ExitCode(1)
    }
}

/// Everything that runs, put together: data, rooms, services.
struct House {
    let settings: Settings
    let logger = Logger(label: "jianmian")

    init(_ settings: Settings) { self.settings = settings }

    func run() async throws {
        let folder = try DataFolder(settings.data)
        let database = try await openDatabase(url: settings.databaseURL)
        do {
            try await serve(database, folder)
        } catch {
            await database.close()
            throw error
        }
        withExtendedLifetime(folder) {}
    }

    private func serve(_ database: any Database, _ folder: DataFolder) async throws {
        let zone = settings.zone
        try await migrate(database, HouseSchema.migrations)
        let clock: any ServiceClock = settings.demo ? try await DemoProvider.clock(over: database) : SystemClock()
        let hasher = PasswordHasher()
        let keys = HouseKeys(folder: settings.keys)
        let vault = try keys.vault()
        let seal = try keys.seal(passphraseFile: settings.sealPassphraseFile)
        try await sealPayers(in: database, with: vault)
        try await prepare(database, clock, hasher, vault, seal)
        let staffSecrets = settings.demo ? try await demoStaff(database, hasher, vault).seed(at: clock.now()) : [:]
        let media = try MediaServer(settings.media, logger: Logger(label: "media"))
        let calls = CallControl(database: database, media: media, clock: clock, zone: zone, logger: Logger(label: "calls"))
        let delivery = try HouseDelivery.make(settings)
        let duties = HouseDuties(zone: zone, seal: seal, delivery: delivery, clock: clock)
        let press = PDFPress(python: settings.documentsPython, logger: Logger(label: "press"))
        let metrics = ServiceMetrics()
        HouseMetrics(calls: calls, media: media, database: database).add(to: metrics)
        let services = WebServices(
            database: database, clock: clock, zone: zone, pool: settings.pool, hasher: hasher, vault: vault, seal: seal,
            press: press, delivery: delivery, paymentProviders: try HousePayments.providers(settings), calls: calls,
            metrics: metrics,
            checks: [.init("media") { media.ports.isEmpty ? "no media port is open" : nil }], logger: Logger(label: "web"))
        let web = try WebServer(try webConfiguration(clock, folder, staffSecrets), services) { port in announce(port, media.ports)
        }
        var group = ServiceGroupConfiguration(
            services: [
                DatabaseService(database: database),
                SealerService(sealer: JournalSealer(database: database, logger: Logger(label: "journal"))),
                TickerService(
                    ticker: Ticker(
                        database: database, clock: clock, duties: duties.all, logger: Logger(label: "ticker"))),
                TickerService(
                    ticker: Ticker(
                        database: database, clock: clock, duties: duties.outgoing, logger: Logger(label: "outgoing"))),
                PressService(press: press), MediaService(media: media), CallsService(calls: calls), web,
            ], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(settings.shutdownSeconds)
        try await ServiceGroup(configuration: group).run()
    }

    /// What must be there before the first customer: prices, a settled past, in a demo the cast.
    private func prepare(
        _ database: any Database, _ clock: any ServiceClock, _ hasher: PasswordHasher, _ vault: Vault, _ seal: ProviderSeal
    ) async throws {
        try await recoverOpenCalls(in: database, at: clock.now(), zone: settings.zone)
        if settings.demo {
            try await DemoProvider(database: database, hasher: hasher, zone: settings.zone, vault: vault, seal: seal).seed(
                at: clock.now())
        }
        let zone = settings.zone
        try await database.write { tx throws(Fault) in
            try ensureStandardCatalogue(in: tx, at: clock.now(), zone: zone)
        }
    }

    private func demoStaff(_ database: any Database, _ hasher: PasswordHasher, _ vault: Vault) -> DemoStaff {
        DemoStaff(database: database, hasher: hasher, vault: vault, file: "\(settings.keys)/demo-staff.json")
    }

    private func webConfiguration(
        _ clock: any ServiceClock, _ folder: DataFolder, _ staffSecrets: [String: [UInt8]]
    ) throws -> WebConfiguration {
        var demo: WebDemo?
        if settings.demo, let clock = clock as? MovableClock {
            demo = WebDemo(
                accounts: DemoProvider.accounts, staff: DemoStaff.accounts,
                staffCode: { name in DemoStaff.code(of: name, from: staffSecrets, at: clock.now()) },
                advanceClock: { clock.advance(seconds: $0) })
        }
        return WebConfiguration(
            host: settings.host, port: settings.port, publicURL: settings.publicURL, tls: try tls(folder),
            behindProxy: settings.behindProxy, demo: demo, resources: settings.resources)
    }

    private func tls(_ folder: DataFolder) throws -> WebTLS? {
        if settings.tlsSelfSigned { return try SelfSigned.pair(in: folder.path) }
        guard let certificate = settings.tlsCertificate, let key = settings.tlsKey else { return nil }
        do {
            return WebTLS(
                certificateChain: try String(contentsOfFile: certificate, encoding: .utf8),
                privateKey: try String(contentsOfFile: key, encoding: .utf8))
        } catch { throw Fault(.programFile, "\(certificate) or \(key) cannot be read") }
    }

    /// Tells the person at the terminal where the service is.
    @Sendable private func announce(_ port: Int, _ mediaPorts: [Int]) {
        let scheme = settings.tlsSelfSigned || settings.tlsCertificate != nil ? "https" : "http"
        let host = ["127.0.0.1", "0.0.0.0", "::", "::1"].contains(settings.host) ? "localhost" : settings.host
        let address = settings.publicURL ?? "\(scheme)://\(host):\(port)"
        print("见面已启动 Jianmian is running: \(address)")
        print("媒体端口 media ports (UDP): \(mediaPorts.map(String.init).joined(separator: ", "))")
        if settings.demo { print(DemoProvider.announcement) }
        print("按 Ctrl-C 停止 Ctrl-C stops it.")
        fflush(nil)
    }
}
