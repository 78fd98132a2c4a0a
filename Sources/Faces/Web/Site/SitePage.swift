/// The pages of the site. One place that knows their addresses.
enum SitePage: String, CaseIterable {
    case landing
    case register
    case signIn = "sign-in"
    case phone
    case account

    /// Its address.
    var path: String {
        switch self {
        case .landing: "/"
        case .register: "/register"
        case .signIn: "/sign-in"
        case .phone: "/phone"
        case .account: "/account"
        }
    }

    /// Its template in `Pages`.
    var template: String { rawValue }

    /// The words of its title.
    var titleKey: String {
        switch self {
        case .signIn: "title.signIn"
        default: "title.\(rawValue)"
        }
    }

    /// Whether only a signed-in customer sees it.
    var isPrivate: Bool { self == .phone || self == .account }
}
