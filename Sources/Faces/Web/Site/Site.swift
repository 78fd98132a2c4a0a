import Hummingbird

/// The pages.
struct Site {
    let configuration: WebConfiguration
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        router.get("/") { [renderer] request, _ in try renderer.page("landing", for: request) }
    }
}
