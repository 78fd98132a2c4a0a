import Basics
import Customers
import HTTPTypes
import Hummingbird
import Logging

extension HTTPField.Name {
    // Proof that these names are tokens: letters and hyphens only.
    static let requestID = name("X-Request-Id")
    static let csrf = name("X-Jianmian-CSRF")
    static let forwardedFor = name("X-Forwarded-For")
    static let fetchSite = name("Sec-Fetch-Site")
    static let contentTypeOptions = name("X-Content-Type-Options")
    static let frameOptions = name("X-Frame-Options")
    static let referrerPolicy = name("Referrer-Policy")
    static let permissionsPolicy = name("Permissions-Policy")
    static let openerPolicy = name("Cross-Origin-Opener-Policy")
    static let resourcePolicy = name("Cross-Origin-Resource-Policy")

    private static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is not a token") }
        return name
    }
}

/// Outermost: gives the request its id, counts it, measures it, and logs its route (never its path, query, body or peer, which may
/// hold numbers or tokens).
struct RecordMiddleware: RouterMiddleware {
    typealias Context = WebContext
    let metrics: ServiceMetrics

    @concurrent
    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response = try await next(request, context)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let route = context.endpointPath ?? "none"
        metrics.recordResponse(method: known(request.method), route: route, status: response.status.code, seconds: seconds)
        response.headers[.requestID] = context.id
        context.logger.info(
            "answered",
            metadata: [
                "method": "\(known(request.method))", "route": "\(route)", "status": "\(response.status.code)",
                "ms": "\(Int(seconds * 1000))",
            ])
        return response
    }

    /// A method of our own table, so that a label cannot be invented from outside.
    private func known(_ method: HTTPRequest.Method) -> String {
        [.get, .head, .post, .patch, .put, .delete, .options].contains(method) ? method.rawValue : "other"
    }
}

/// Turns whatever a handler threw into problem+json for programs and into a page for people.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = WebContext
    let renderer: PageRenderer

    @concurrent
    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let fault = Fault(from: error)
            if fault.code.kind == .defect {
                context.logger.error(
                    "defect",
                    metadata: [
                        "code": "\(fault.code.rawValue)", "reason": "\(fault.reason)", "at": "\(fault.file):\(fault.line)",
                    ])
            }
            return try answer(error, fault, to: request)
        }
    }

    private func answer(_ error: any Error, _ fault: Fault, to request: Request) throws -> Response {
        let language = Language(of: request)
        let problem = Problem(from: error, language, renderer.words)
        var response: Response
        if !request.uri.path.hasPrefix("/api/"), request.headers[.accept]?.contains("text/html") == true {
            response = try renderer.problemPage(problem, for: request)
        } else {
            response = try JSONBody.response(problem, status: fault.status, type: "application/problem+json")
        }
        response.headers[.contentLanguage] = language.tag
        if fault.code.kind == .limited || fault.code.kind == .unavailable { response.headers[.retryAfter] = "10" }
        if fault.code == .webTooLarge || fault.code == .webTooSlow || fault.code == .webUpgrade {
            response.headers[.connection] = "close"
        }
        return response
    }
}
