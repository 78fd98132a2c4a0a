import Foundation
import Testing
import Web

/// docs/api/openapi.yaml names every route under /api/v1 that there is, and no other.
@Suite struct OpenAPITests {
    private static let document = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../docs/api/openapi.yaml").standardizedFileURL

    /// `GET /me/money`, with a capture as `{}` whatever its name: paths and methods stand at their own indents, which is all of YAML that is needed.
    private static func described() throws -> [String] {
        var (routes, path, isInPaths): ([String], String?, Bool) = ([], nil, false)
        for line in try String(contentsOf: document, encoding: .utf8).split(separator: "\n") {
            if !line.hasPrefix(" ") { isInPaths = line.hasPrefix("paths:") }
            guard isInPaths, let word = line.trimmingCharacters(in: .whitespaces).split(separator: ":").first else { continue }
            if line.hasPrefix("  /") {
                path = String(line.trimmingCharacters(in: .whitespaces).prefix { $0 != ":" })
            } else if let path, line.hasPrefix("    "), !line.hasPrefix("     "),
                ["get", "post", "put", "patch", "delete"].contains(word)
            {
                routes.append("\(word.uppercased()) \(plain(path))")
            }
        }
        return routes
    }

    private static func plain(_ path: String) -> String {
        path.split(separator: "/").map { part in part.hasPrefix("{") || part.hasPrefix(":") ? "{}" : String(part) }
            .reduce("") { "\($0)/\($1)" }
    }

    @Test func `every route is described, and every description has its route`() async throws {
        let described = try Self.described()
        #expect(described.count > 100)
        #expect(Set(described).count == described.count, "a route is described twice")
        try await withWeb(demo: true) { web in
            let prefix = "/api/v1/"
            let routes = web.routes.filter { $0.path.hasPrefix(prefix) && $0.method != "HEAD" }
            let there = Set(routes.map { "\($0.method) \(Self.plain(String($0.path.dropFirst(prefix.count - 1))))" })
            #expect(there.subtracting(described).sorted() == [], "not in openapi.yaml")
            #expect(Set(described).subtracting(there).sorted() == [], "in openapi.yaml alone")
        }
    }
}
