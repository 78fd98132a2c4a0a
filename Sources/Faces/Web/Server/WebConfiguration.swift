/// How the web face listens and presents itself.
public struct WebConfiguration: Sendable {
    /// The address to listen on.
    public var host: String
    /// The TCP port; 0 takes any free one.
    public var port: Int
    /// The address that customers use, such as `https://tel.example.cn`; nil when it is whatever they typed.
    public var publicURL: String?
    /// Certificate and key; nil serves plain HTTP.
    public var tls: WebTLS?
    /// Whether a trusted reverse proxy in front sets `X-Forwarded-For`.
    public var behindProxy: Bool
    /// The demo provider's accounts; nil when this is no demo.
    public var demo: WebDemo?
    /// A folder with `Pages`, `Assets` and `Words` that is read again at every request; nil uses the built-in files.
    public var resources: String?

    /// Makes a configuration.
    public init(
        host: String = "127.0.0.1", port: Int = 8080, publicURL: String? = nil, tls: WebTLS? = nil, behindProxy: Bool = false,
        demo: WebDemo? = nil, resources: String? = nil
    ) {
        self.host = host
        self.port = port
        self.publicURL = publicURL
        self.tls = tls
        self.behindProxy = behindProxy
        self.demo = demo
        self.resources = resources
    }

    /// Whether browsers reach the service over TLS, so that cookies are for TLS only.
    var isSecure: Bool { tls != nil || isPublicHTTPS }
    /// Whether the configured public address is HTTPS.
    var isPublicHTTPS: Bool { publicURL?.lowercased().hasPrefix("https://") == true }
}

/// A certificate chain and its key, both in PEM.
public struct WebTLS: Sendable {
    /// The chain, the server's own certificate first.
    public var certificateChain: String
    /// The private key.
    public var privateKey: String

    /// Makes a pair.
    public init(certificateChain: String, privateKey: String) {
        self.certificateChain = certificateChain
        self.privateKey = privateKey
    }
}

/// What a demo provider shows on its sign-in page.
public struct WebDemo: Sendable {
    /// One demo customer.
    public struct Account: Sendable {
        /// Name, number and password, shown to everybody.
        public var name: String
        /// The number to sign in with.
        public var number: String
        /// The password.
        public var password: String

        /// Makes an account.
        public init(name: String, number: String, password: String) {
            self.name = name
            self.number = number
            self.password = password
        }
    }

    /// One member of the demo's staff.
    public struct StaffAccount: Sendable {
        /// The person's name with the role.
        public var name: String
        /// What is typed to sign in.
        public var signInName: String
        /// The password.
        public var password: String

        /// Makes an account.
        public init(name: String, signInName: String, password: String) {
            self.name = name
            self.signInName = signInName
            self.password = password
        }
    }

    /// The accounts in the order in which they are shown.
    public var accounts: [Account]
    /// The staff in the order in which they are shown on the console's sign-in page.
    public var staff: [StaffAccount]
    /// The code that a demo member's authenticator would show now, by what they type to sign in; nil for anybody else.
    public var staffCode: @Sendable (String) -> String?
    /// Moves the service's clock forward by seconds.
    public var advanceClock: @Sendable (Int64) -> Void

    /// Makes a demo.
    public init(
        accounts: [Account], staff: [StaffAccount] = [], staffCode: @escaping @Sendable (String) -> String? = { _ in nil },
        advanceClock: @escaping @Sendable (Int64) -> Void
    ) {
        self.accounts = accounts
        self.staff = staff
        self.staffCode = staffCode
        self.advanceClock = advanceClock
    }
}
