import Basics
import Crypto
import Customers
import Foundation
import HTTPTypes
import Hummingbird

/// One file as browsers get it.
struct StaticFile: Sendable {
    let body: ByteBuffer
    let type: String
    let etag: String

    init(_ data: Data, name: String) {
        body = ByteBuffer(bytes: data)
        type = Self.type(of: name)
        let digest = SHA256.hash(data: data).prefix(12)
        etag = "\"\(hexadecimal(digest))\""
    }

    static func type(of name: String) -> String {
        switch name.split(separator: ".").last.map(String.init) {
        case "js", "mjs": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "svg": "image/svg+xml"
        case "json": "application/json; charset=utf-8"
        case "webmanifest": "application/manifest+json; charset=utf-8"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "webp": "image/webp"
        case "ico": "image/x-icon"
        case "woff2": "font/woff2"
        case "mp3": "audio/mpeg"
        case "wav": "audio/wav"
        case "ogg": "audio/ogg"
        case "txt": "text/plain; charset=utf-8"
        default: "application/octet-stream"
        }
    }
}

/// The files of `Assets` and `Words`, all in memory: a path that is not in the table does not exist, so no path can climb out.
struct StaticFiles: Sendable {
    private let folders: WebFolders
    private let files: [String: StaticFile]

    init(_ folders: WebFolders) {
        self.folders = folders
        files = folders.reloads ? [:] : Self.load(folders)
    }

    /// The answer to a GET of `path`, such as `/assets/phone.js`.
    func answer(_ path: String, to request: Request) throws(Fault) -> Response {
        let table = folders.reloads ? Self.load(folders) : files
        guard let file = table[path] else { throw Fault(.webNotFound, "no such file") }
        // A page that names the file with its tag may keep it for good; everybody else asks again and mostly hears 304.
        let isPinned = request.uri.queryParameters["v"].map { "\"\($0)\"" == file.etag } ?? false
        let caching = isPinned ? "public, max-age=31536000, immutable" : "no-cache"
        let headers: HTTPFields = [.eTag: file.etag, .cacheControl: caching, .contentType: file.type]
        if request.headers[.ifNoneMatch]?.contains(file.etag) == true { return Response(status: .notModified, headers: headers) }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: file.body))
    }

    private static func load(_ folders: WebFolders) -> [String: StaticFile] {
        var files: [String: StaticFile] = [:]
        let base = folders.assets.resolvingSymlinksInPath().path
        let words = Words(folder: folders.words)
        for language in Language.allCases {
            guard let table = try? words.json(language) else { continue }
            files["/words/\(language.rawValue).json"] = StaticFile(table, name: "words.json")
        }
        guard let names = FileManager.default.enumerator(atPath: base) else { return files }
        for case let name as String in names where !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(base)/\(name)", isDirectory: &isFolder), !isFolder.boolValue,
                let data = FileManager.default.contents(atPath: "\(base)/\(name)")
            else { continue }
            files["/assets/" + name] = StaticFile(data, name: name)
        }
        return files
    }
}

/// Where pages, assets and words lie.
struct WebFolders: Sendable {
    let root: URL
    /// Whether files are read again at every request, for those who write pages.
    let reloads: Bool

    init(_ configured: String?) {
        reloads = configured != nil
        root = configured.map { URL(filePath: $0) } ?? Bundle.module.resourceURL ?? Bundle.module.bundleURL
    }

    var pages: URL { root.appending(path: "Pages") }
    var assets: URL { root.appending(path: "Assets") }
    var words: URL { root.appending(path: "Words") }
}
