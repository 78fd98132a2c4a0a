import Access
import Basics
import Customers
import Foundation
import Hummingbird
import Lines
import NIOCore
import Storage

/// What the handlers of pages, API and signalling share.
struct WebParts: Sendable {
    let configuration: WebConfiguration
    let services: WebServices
    let visits: Visits
    let identity: Identity
    let renderer: PageRenderer
    let hub: SignalHub
    let origin: OriginRule

    init(_ configuration: WebConfiguration, _ services: WebServices, _ folders: WebFolders) throws {
        self.configuration = configuration
        self.services = services
        visits = Visits(isSecure: configuration.isSecure)
        identity = Identity(database: services.database, clock: services.clock, visits: visits)
        renderer = try PageRenderer(folders, visits: visits, isDemo: configuration.demo != nil)
        hub = SignalHub(calls: services.calls)
        origin = OriginRule(publicURL: configuration.publicURL)
    }

    var words: Words { renderer.words }

    /// A signed-in customer with the line that their pages are about.
    struct Member: Sendable {
        let signedIn: SignedIn
        let customer: Customer
        let line: Line
    }

    /// The customer who sends a request; throws `access.signed-out` when nobody is signed in.
    func member(_ request: Request) async throws(Fault) -> Member {
        let signedIn = try await identity.signedIn(request)
        return try await services.database.read { tx throws(Fault) in try Self.member(signedIn, in: tx) }
    }

    static func member(_ signedIn: SignedIn, in tx: any Transaction) throws(Fault) -> Member {
        let customer = try customer(signingInAs: signedIn.principal, in: tx)
        return Member(signedIn: signedIn, customer: customer, line: try line(of: customer.id, in: tx))
    }

    /// The line that a customer's pages are about: the oldest one in service.
    static func line(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Line {
        guard let line = try lines(of: customer, in: tx).first else {
            throw Fault(.unknownLine, "the customer has no line in service")
        }
        return line
    }

    /// The JSON object of a request's body.
    func body(_ request: Request) async throws -> JSONReader {
        try JSONReader(parsing: Data(try await jsonBytes(request, atMost: WebLimits.bodyBytes).readableBytesView))
    }

    /// The bytes of a request's body, which says that it is JSON.
    func jsonBytes(_ request: Request, atMost most: Int) async throws -> ByteBuffer {
        let type = request.headers[.contentType]?.split(separator: ";").first?.lowercased() ?? ""
        guard type == "application/json" else { throw Fault(.webMediaType, "send the body as application/json") }
        let declared = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard declared <= most else { throw NIOTooManyBytesError(maxBytes: most) }
        return try await within(WebLimits.bodyDeadline) { try await request.body.collect(upTo: most) }
    }
}

/// Runs work that must end in time; throws `web.too-slow` when it does not.
func within<T: Sendable>(_ limit: Duration, _ work: @escaping @Sendable () async throws -> T) async throws -> T {
    try await withThrowingTaskGroup(of: T?.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard case .some(.some(let value)) = try await group.next() else {
            throw Fault(.webTooSlow, "the body did not arrive in time")
        }
        return value
    }
}
