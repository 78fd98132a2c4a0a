import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
public import ServiceLifecycle

/// The web face as one service: pages, API and signalling on one port. The program and the tests build it with the same function.
public struct WebServer: Service {
    private let application: any ApplicationProtocol
    /// Every route, which a test compares with what docs/api/openapi.yaml says.
    package let routes: [WebRoute]

    /// Puts the face together; nothing listens yet.
    ///
    /// - Parameters:
    ///   - configuration: how to listen
    ///   - services: what to work with
    ///   - onListening: called with the port once connections are accepted
    public init(
        _ configuration: WebConfiguration, _ services: WebServices,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        let face = try WebFace(configuration, services)
        let gate = face.gate
        routes = face.router.routes.map { WebRoute(method: $0.method.rawValue, path: "\($0.path)") }
        let plain = HTTPServerBuilder { responder in WebChannel(responder: responder, gate: gate) }
        let server = try configuration.tls.map { try Self.tls(plain, $0) } ?? plain
        application = Application(
            router: face.router, server: server,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(WebLimits.connections, logger: services.logger)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? configuration.port) },
            logger: services.logger)
    }

    /// Serves until a graceful shutdown or cancellation.
    public func run() async throws { try await application.run() }

    private static func tls(_ base: HTTPServerBuilder, _ pair: WebTLS) throws -> HTTPServerBuilder {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(pair.certificateChain.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(pair.privateKey.utf8), format: .pem)
        var settings = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        settings.minimumTLSVersion = .tlsv12
        settings.applicationProtocols = ["http/1.1"]
        return try .tls(base, tlsConfiguration: settings)
    }
}

/// A route of the web face.
package struct WebRoute: Sendable {
    /// Such as `GET`.
    package let method: String
    /// With its captures, such as `/console/customers/{id}`.
    package let path: String
}

/// All routes behind their middleware, and who opens sockets.
struct WebFace {
    let router: Router<WebContext>
    let gate: any SocketGate

    init(_ configuration: WebConfiguration, _ services: WebServices) throws {
        let folders = WebFolders(configuration.resources)
        let parts = try WebParts(configuration, services, folders)
        router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RecordMiddleware(metrics: services.metrics))
        router.add(middleware: SecurityMiddleware(isStrictTransport: configuration.isPublicHTTPS))
        router.add(middleware: ProblemMiddleware(renderer: parts.renderer))
        router.add(
            middleware: SameSiteMiddleware(rule: parts.origin, visits: parts.visits, behindProxy: configuration.behindProxy))
        HealthRoutes(services: services).add(to: router)
        Self.addFiles(StaticFiles(folders), to: router)
        let signalling = SignallingGate(
            services: services, hub: parts.hub, origin: parts.origin, identity: parts.identity, words: parts.words)
        signalling.add(to: router)
        APIRoutes(parts: parts).add(to: router)
        Site(parts: parts).add(to: router)
        JoinPages(parts: parts).add(to: router)
        AccountPages(parts: parts).add(to: router)
        ConsolePages(parts: parts).add(to: router)
        OrderPages(parts: parts).add(to: router)
        ServicesPage(parts: parts).add(to: router)
        AgreementPages(parts: parts).add(to: router)
        ChangePage(parts: parts).add(to: router)
        EndingPage(parts: parts).add(to: router)
        MoneyPages(parts: parts).add(to: router)
        PrivacyPages(parts: parts).add(to: router)
        VerifyPage(parts: parts).add(to: router)
        gate = signalling
    }

    private static func addFiles(_ files: StaticFiles, to router: Router<WebContext>) {
        for folder in ["assets", "words"] as [RouterPath] {
            router.get("\(folder)/**") { request, _ in try files.answer(request.uri.path, to: request) }
        }
        router.get("favicon.ico") { request, _ in try files.answer("/assets/img/mark.svg", to: request) }
    }
}
