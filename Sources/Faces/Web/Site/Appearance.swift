import Hummingbird

/// How a reader wants pages to look. It is kept in cookies, so that the server writes it into the page before anything is drawn.
struct Appearance: Equatable {
    /// `light` or `dark`; nil follows the device.
    var theme: String?
    /// Large type and few big buttons.
    var largeType: Bool

    init(theme: String?, type: String?) {
        self.theme = theme.flatMap { ["light", "dark"].contains($0) ? $0 : nil }
        largeType = type == "large"
    }

    init(of request: Request) {
        self.init(theme: request.cookies["theme"]?.value, type: request.cookies["type"]?.value)
    }

    /// What the templates need of it.
    var model: [String: Any] {
        var model: [String: Any] = ["largeType": largeType]
        if let theme { model["theme"] = theme }
        return model
    }
}
