// swift-tools-version: 6.2
// The plan of the house: every target is a room, its dependency list is the only door to other rooms.
// docs/architecture.md says why; Tests/Tidy keeps imports to this plan.

import PackageDescription

// MARK: Outside packages

let atomics = Target.Dependency.product(name: "Atomics", package: "swift-atomics")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioWebSocket = Target.Dependency.product(name: "NIOWebSocket", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1 = Target.Dependency.product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")

// MARK: Rooms

/// A room: `Sources/<wing>/<name>` and its tests in `Tests/<wing>/<name>Tests`.
func room(_ wing: String, _ name: String, _ doors: [Target.Dependency], resources: [Resource]? = nil) -> [Target] {
    [
        .target(
            name: name, dependencies: doors, path: "Sources/\(wing)/\(name)", exclude: ["README.md"], resources: resources),
        .testTarget(
            name: "\(name)Tests", dependencies: [.byName(name: name)] + doors + testSupport(name),
            path: "Tests/\(wing)/\(name)Tests",
            exclude: fixtures(wing, name)),
    ]
}

/// Rooms that store something are tested on both engines; RTC's ciphers are tested against libsrtp.
func testSupport(_ name: String) -> [Target.Dependency] {
    if name == "RTC" { return ["CSRTP"] }
    if name == "Storage" { return ["StorageTestSupport", "StorageCrashWriter"] }
    if name == "Billing" { return ["StorageTestSupport", "MoneyCrashWriter"] }
    return ["Basics", "Paper", "Media"].contains(name) ? [] : ["StorageTestSupport"]
}

/// Test rooms whose `Fixtures` folder (vectors, captures) is read by path, not compiled.
func fixtures(_ wing: String, _ name: String) -> [String] {
    ["RTC"].contains(name) ? ["Fixtures"] : []
}

let foundations: [Target] = [
    room("Foundations", "Basics", []),
    room("Foundations", "Storage", ["Basics", "CLibPQ", grdb, grdbSQLite, logging, crypto]),
    room("Foundations", "Paper", ["Basics", logging], resources: [.copy("Worker")]),
].flatMap { $0 }

let business: [Target] = [
    room("Business", "Access", ["Basics", "Storage", crypto, cryptoExtras]),
    room("Business", "Customers", ["Basics", "Storage", "Access", crypto]),
    room("Business", "Agreement", ["Basics", "Storage", "Access", "Customers", crypto, cryptoExtras]),
    room("Business", "Lines", ["Basics", "Storage", "Access", "Customers", "Agreement"]),
    room("Business", "Orders", ["Basics", "Storage", "Access", "Customers", "Agreement", "Lines"]),
    room("Business", "Notices", ["Basics", "Storage", "Access", "Customers", "Agreement", "Lines", "Orders", crypto]),
    room(
        "Business", "Charging", ["Basics", "Storage", "Access", "Customers", "Agreement", "Lines", "Orders", "Notices"]),
    room(
        "Business", "Billing",
        ["Basics", "Storage", "Access", "Customers", "Agreement", "Lines", "Orders", "Notices", "Charging", crypto]),
    room(
        "Business", "Arbitration",
        [
            "Basics", "Storage", "Access", "Customers", "Agreement", "Lines", "Orders", "Notices", "Charging", "Billing", crypto,
        ]),
].flatMap { $0 }

let calling: [Target] = [
    room("Calling", "RTC", ["Basics", "COpenSSL", "COpenSSLShims"]),
    room("Calling", "Media", ["Basics", "RTC", "CMediaShims", atomics, logging]),
    room(
        "Calling", "Calls",
        ["Basics", "Storage", "RTC", "Media", "Customers", "Lines", "Orders", "Charging", "Billing", logging]),
].flatMap { $0 }

let faces: [Target] =
    room(
        "Faces", "Web",
        [
            "Basics", "Storage", "Paper", "Access", "Customers", "Agreement", "Lines", "Orders", "Notices", "Charging", "Billing",
            "Arbitration", "Media", "Calls",
            hummingbird, hummingbirdCore, hummingbirdTLS, mustache, nioCore, nioPosix, nioHTTP1, nioWebSocket, nioHTTPTypes,
            nioHTTPTypesHTTP1,
            nioSSL, httpTypes, lifecycle, logging, metrics, crypto,
        ],
        resources: [.copy("Pages"), .copy("Assets"), .copy("Words")])
    + [
        .executableTarget(
            name: "jianmian",
            dependencies: [
                "Basics", "Storage", "Paper", "Access", "Customers", "Agreement", "Lines", "Orders", "Notices", "Charging",
                "Billing", "Arbitration", "RTC", "Media", "Calls", "Web", argumentParser, configuration, lifecycle, logging,
                metrics, x509, crypto, hummingbird, nioSSL,
            ],
            path: "Sources/Faces/jianmian", exclude: ["README.md"]),
        .testTarget(
            name: "ProgramTests",
            dependencies: [
                "jianmian", "StorageTestSupport", "Basics", "Storage", "Access", "Customers", "Agreement", "Lines", "Orders",
                "Notices", "Charging", "Billing", "Arbitration", "Web",
            ],
            path: "Tests/Faces/ProgramTests"),
    ]

let cLibraries: [Target] = [
    .systemLibrary(
        name: "COpenSSL", path: "Sources/C/COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CSRTP", path: "Sources/C/CSRTP", pkgConfig: "libsrtp2", providers: [.apt(["libsrtp2-dev"])]),
    .systemLibrary(name: "CLibPQ", path: "Sources/C/CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(name: "COpenSSLShims", dependencies: ["COpenSSL"], path: "Sources/C/COpenSSLShims"),
    .target(name: "CMediaShims", path: "Sources/C/CMediaShims"),
]

let wholeHouse: [Target] = [
    .target(
        name: "StorageTestSupport", dependencies: ["Basics", "Storage", logging],
        path: "Tests/Foundations/StorageTestSupport"),
    // The processes that the crash tests kill.
    .executableTarget(
        name: "StorageCrashWriter", dependencies: ["Basics", "Storage", logging], path: "Tests/Foundations/StorageCrashWriter"),
    .executableTarget(
        name: "MoneyCrashWriter", dependencies: ["Basics", "Storage", "Lines", "Orders", "Charging", "Billing"],
        path: "Tests/Business/MoneyCrashWriter"),
    .testTarget(
        name: "Clauses",
        dependencies: [
            "StorageTestSupport", "Basics", "Storage", "Access", "Customers", "Agreement", "Lines", "Orders", "Notices",
            "Charging", "Billing", "Arbitration", "Media", "Calls", logging,
        ],
        path: "Tests/Clauses"),
    .testTarget(name: "Tidy", path: "Tests/Tidy"),
]

// MARK: The package

let package = Package(
    name: "jianmian",
    products: [
        .executable(name: "jianmian", targets: ["jianmian"]),
        // For the package in Benchmarks/.
        .library(name: "CallingRooms", targets: ["Basics", "RTC", "Media"]),
        .library(name: "StorageRooms", targets: ["Basics", "Storage"]),
        .library(
            name: "MoneyRooms",
            targets: [
                "Basics", "Storage", "Access", "Customers", "Agreement", "Lines", "Orders", "Notices", "Charging", "Billing",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-atomics", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: foundations + business + calling + faces + cLibraries + wholeHouse
)

// MARK: Strict settings, in one place

/// Warnings are errors, checking is complete; the upcoming features are those of the server ecosystem's strictest packages.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

for target in package.targets where target.type != .system {
    if target.path?.hasPrefix("Sources/C/") == true { continue }
    target.swiftSettings = strict
}
