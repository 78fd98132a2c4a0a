import Foundation
import Testing

/// The plan of rooms as Package.swift declares it.
enum Plan {
    struct Room: Sendable {
        let name: String
        let path: String
        let doors: Set<String>
    }

    /// Rooms by name, read from the `room("Wing", "Name", [doors])` lines.
    static let rooms: [String: Room] = {
        guard let text = try? String(contentsOf: SourceFile.root.appending(path: "Package.swift"), encoding: .utf8) else {
            return [:]
        }
        var found: [String: Room] = [:]
        for match in text.matches(of: /room\(\s*"(\w+)", "(\w+)",\s*\[([^\]]*)\]/) {
            let doors = match.3.matches(of: /"(\w+)"/).map { String($0.1) }
            found[String(match.2)] = Room(
                name: String(match.2), path: "Sources/\(match.1)/\(match.2)", doors: Set(doors))
        }
        return found
    }()

    /// Rooms that are machines without I/O: bytes and time in, bytes, events and deadlines out.
    static let sansIO: Set = ["RTC", "SIP"]
}

/// An import that breaks the plan of rooms fails here, even where SwiftPM would let it through by way of another room.
@Suite struct PlanTests {
    @Test func `the plan is read from the manifest`() {
        #expect(Plan.rooms.count >= 12)
        #expect(Plan.rooms["Storage"]?.doors.contains("Basics") == true)
    }

    @Test func `rooms import only through their doors`() {
        for file in SourceFile.all {
            guard let name = file.room, let room = Plan.rooms[name] else { continue }
            for module in file.imports where Plan.rooms[module] != nil {
                #expect(room.doors.contains(module), "\(file.path) imports \(module), which is no door of \(name)")
            }
        }
    }

    @Test func `machines without I-O import neither Foundation nor NIO`() {
        for file in SourceFile.all where Plan.sansIO.contains(file.room ?? "") {
            let io = file.imports.filter { $0.hasPrefix("Foundation") || $0.hasPrefix("NIO") || $0 == "Dispatch" }
            #expect(io.isEmpty, "\(file.path) imports \(io.joined(separator: ", "))")
        }
    }

    @Test func `business rooms never look at the faces`() {
        for file in SourceFile.all where file.path.hasPrefix("Sources/") && !file.path.hasPrefix("Sources/Faces/") {
            #expect(!file.imports.contains { ["Web", "Hummingbird", "Mustache"].contains($0) }, "\(file.path) imports a face")
        }
    }
}
