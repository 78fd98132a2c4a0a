import Basics
import Hummingbird

/// `/api/v1`, as docs/api/openapi.yaml describes it.
struct APIRoutes {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        let api = router.group("api/v1")
        RegisterAPI(parts: parts).add(to: api)
        SessionsAPI(parts: parts).add(to: api)
        MeAPI(parts: parts).add(to: api)
        ContactsAPI(parts: parts).add(to: api)
        CallsAPI(parts: parts).add(to: api)
        PricesAPI(parts: parts).add(to: api)
        PasswordAPI(parts: parts).add(to: api)
        AbuseAPI(parts: parts).add(to: api)
        StaffAPI(parts: parts).add(to: api)
        JoiningAPI(parts: parts).add(to: api)
        IdentityAPI(parts: parts).add(to: api)
        AppealsAPI(parts: parts).add(to: api)
        CatalogueAPI(parts: parts).add(to: api)
        OrdersAPI(parts: parts).add(to: api)
        NoticesAPI(parts: parts).add(to: api)
        AgreementAPI(parts: parts).add(to: api)
        EndingAPI(parts: parts).add(to: api)
        MoneyAPI(parts: parts).add(to: api)
        InvoicesAPI(parts: parts).add(to: api)
        DisputesAPI(parts: parts).add(to: api)
        MyPaymentsAPI(parts: parts).add(to: api)
        if let provider = parts.demoProvider { DemoPay(parts: parts, provider: provider).add(to: api) }
        PrivacyAPI(parts: parts).add(to: api)
        VerifyAPI(parts: parts).add(to: api)
        PaymentEventsAPI(parts: parts).add(to: api)
        if let demo = parts.configuration.demo { DemoAPI(parts: parts, demo: demo).add(to: api) }
        api.get("csrf") { request, _ in try csrf(request) }
    }

    /// The token for programs, which have no page to read it from.
    private func csrf(_ request: Request) throws -> Response {
        let visit = parts.visits.visit(of: request)
        var response = try JSONBody.response(["token": parts.visits.token(of: visit.secret)])
        if visit.isNew { response.setCookie(parts.visits.visitCookie(visit.secret)) }
        return response
    }
}

/// A 204.
func noContent() -> Response { Response(status: .noContent, headers: [.cacheControl: "no-store"]) }
