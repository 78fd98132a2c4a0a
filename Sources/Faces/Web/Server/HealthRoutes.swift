import Basics
import Hummingbird
import Storage

/// `/healthz`: the process answers. `/readyz`: everything that a call needs answers. `/metrics`: numbers for Prometheus.
struct HealthRoutes {
    let services: WebServices

    private struct Readiness: Encodable {
        var ready: Bool
        var checks: [String: String]
    }

    func add(to router: Router<WebContext>) {
        router.get("healthz") { _, _ in plain("ok\n") }
        router.get("readyz") { [services] _, _ in
            var checks = ["database": await Self.database(services) ?? "ok"]
            for check in services.checks { checks[check.name] = await check.problem() ?? "ok" }
            let ready = checks.values.allSatisfy { $0 == "ok" }
            return try JSONBody.response(Readiness(ready: ready, checks: checks), status: ready ? .ok : .serviceUnavailable)
        }
        router.get("metrics") { [services] _, _ in
            plain(await services.metrics.text(), type: "text/plain; version=0.0.4; charset=utf-8")
        }
    }

    private static func database(_ services: WebServices) async -> String? {
        do throws(Fault) {
            _ = try await services.database.read { tx throws(Fault) in try tx.query("SELECT 1 AS one", []).count }
            return nil
        } catch {
            return error.code.rawValue
        }
    }
}

private func plain(_ text: String, type: String = "text/plain; charset=utf-8") -> Response {
    Response(
        status: .ok, headers: [.contentType: type, .cacheControl: "no-store"], body: .init(byteBuffer: ByteBuffer(string: text)))
}
