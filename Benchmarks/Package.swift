// swift-tools-version: 6.2
// Measurements beside a peer or a limit. A package of its own, so that the product does not carry them; ./bench runs the scripts here.

import PackageDescription

let package = Package(
    name: "benchmarks",
    dependencies: [
        .package(name: "jianmian", path: ".."),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        // How packets pass between kernel and worker: our shim beside SwiftNIO.
        .executableTarget(
            name: "PacketPath",
            dependencies: [
                .product(name: "CallingRooms", package: "jianmian"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        // Our media server in a process of its own, with a hook that counts its heap allocations.
        .executableTarget(
            name: "MediaServerUnderTest",
            dependencies: [
                .product(name: "CallingRooms", package: "jianmian"), "MallocCount",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(name: "MallocCount"),
        // The same calls through our media server and through Janus.
        .executableTarget(name: "MediaBench", dependencies: [.product(name: "CallingRooms", package: "jianmian")]),
        // How many packets a core protects and reads: our transform beside libsrtp.
        .executableTarget(name: "SRTPRate", dependencies: [.product(name: "CallingRooms", package: "jianmian"), "CSRTP"]),
        .systemLibrary(name: "CSRTP", pkgConfig: "libsrtp2", providers: [.apt(["libsrtp2-dev"])]),
        // Durable writes: grouped commits beside one commit for each write, on both engines.
        .executableTarget(name: "StorageBench", dependencies: [.product(name: "StorageRooms", package: "jianmian")]),
        // A provider's accounts, agreements and calls in bulk, as the product itself would have written them.
        .target(name: "SeededBooks", dependencies: [.product(name: "MoneyRooms", package: "jianmian")]),
        // Durable report-and-reserve operations beside the engine's own commits.
        .executableTarget(
            name: "ChargingBench", dependencies: ["SeededBooks", .product(name: "MoneyRooms", package: "jianmian")]),
        // A month of many accounts: invoices and the ladder.
        .executableTarget(
            name: "BillingBench", dependencies: ["SeededBooks", .product(name: "MoneyRooms", package: "jianmian")]),
    ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]
}
