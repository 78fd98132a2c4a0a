public import Access
public import Agreement
public import Basics
public import Billing
public import Lines
public import Logging
public import Notices
public import Paper
public import Storage

/// What the web face works with; the program makes it, tests make their own.
public struct WebServices: Sendable {
    /// One thing that must be well before the service takes customers.
    public struct Check: Sendable {
        /// Its name in `/readyz`, such as `database`.
        public var name: String
        /// Nil when it is well, else what is wrong.
        public var problem: @Sendable () async -> String?

        /// Names a check.
        public init(_ name: String, problem: @escaping @Sendable () async -> String?) {
            self.name = name
            self.problem = problem
        }
    }

    /// The records.
    public var database: any Database
    /// The service's clock.
    public var clock: any ServiceClock
    /// The provider's business days and months.
    public var zone: BusinessZone
    /// The numbers that may be chosen.
    public var pool: NumberPool
    /// Checks passwords, off the event loops.
    public var hasher: PasswordHasher
    /// Seals and opens personal data.
    public var vault: Vault
    /// Signs for the provider.
    public var seal: ProviderSeal
    /// Makes PDF files.
    public var press: PDFPress
    /// Carries one-time codes to customers' phones; nil when the provider has no gateway, and codes are shown on the page.
    public var delivery: (any NoticeDelivery)?
    /// Payment providers whose signed events are taken.
    public var paymentProviders: [any PaymentProvider]
    /// Call control.
    public var calls: any SignallingCalls
    /// What `/metrics` shows.
    public var metrics: ServiceMetrics
    /// What `/readyz` asks besides the database.
    public var checks: [Check]
    /// Logs without personal data.
    public var logger: Logger

    /// Puts the services together.
    public init(
        database: any Database, clock: any ServiceClock, zone: BusinessZone, pool: NumberPool = .standard, hasher: PasswordHasher,
        vault: Vault, seal: ProviderSeal, press: PDFPress, delivery: (any NoticeDelivery)? = nil,
        paymentProviders: [any PaymentProvider] = [],
        calls: any SignallingCalls,
        metrics: ServiceMetrics = ServiceMetrics(),
        checks: [Check] = [], logger: Logger
    ) {
        self.database = database
        self.clock = clock
        self.zone = zone
        self.pool = pool
        self.hasher = hasher
        self.vault = vault
        self.seal = seal
        self.press = press
        self.delivery = delivery
        self.paymentProviders = paymentProviders
        self.calls = calls
        self.metrics = metrics
        self.checks = checks
        self.logger = logger
    }
}
