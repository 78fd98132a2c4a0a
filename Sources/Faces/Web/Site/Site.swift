import Hummingbird

/// The pages.
struct Site {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("/") { [parts] request, _ in try parts.renderer.page("landing", for: request) }
    }
}
