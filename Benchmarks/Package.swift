// swift-tools-version: 6.2
// Measurements beside a peer or a limit. A package of its own, so that the product does not carry them; ./bench runs the scripts here.

import PackageDescription

let package = Package(
    name: "benchmarks",
    dependencies: [
        .package(name: "jianmian", path: ".."),
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
            ])
    ]
)

for target in package.targets {
    target.swiftSettings = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]
}
