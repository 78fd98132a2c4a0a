import Basics
import Customers
import Foundation
import HTTPTypes
import Hummingbird
import Mustache

/// Renders the templates of `Pages`. A template sees:
/// - `w`: the words of its language (`{{w.phone.hangUp}}`), `lang` (`zh-CN`, `en`), `language` (`zh`, `en`), `otherLanguage`,
/// - `csrf`: the token for `<meta name="csrf">`, `path`: the page's own path, `demo`: whether this is the demo,
/// - and the page's own model on top.
struct PageRenderer: Sendable {
    private let folders: WebFolders
    private let loadedLibrary: MustacheLibrary
    private let loadedWords: Words
    private let visits: Visits
    private let isDemo: Bool

    init(_ folders: WebFolders, visits: Visits, isDemo: Bool) throws {
        self.folders = folders
        self.visits = visits
        self.isDemo = isDemo
        loadedLibrary = try Self.library(folders.pages)
        loadedWords = Words(folder: folders.words)
    }

    /// The texts.
    var words: Words { folders.reloads ? Words(folder: folders.words) : loadedWords }

    /// A page. Its visit and language cookies are set where they are new or chosen anew.
    func page(_ name: String, _ model: [String: Any] = [:], for request: Request, status: HTTPResponse.Status = .ok) throws
        -> Response
    {
        let library = folders.reloads ? try Self.library(folders.pages) : loadedLibrary
        let language = Language(of: request)
        let visit = visits.visit(of: request)
        var all: [String: Any] = [
            "w": words.tree(language), "lang": language.tag, "language": language.rawValue,
            "otherLanguage": language.other.rawValue,
            "otherLanguageTag": language.other.tag, "csrf": visits.token(of: visit.secret), "path": request.uri.path,
            "demo": isDemo,
        ]
        all.merge(Appearance(of: request).model) { _, own in own }
        all.merge(model) { _, own in own }
        guard let html = library.render(all, withTemplate: name) else { throw Fault(.webDefect, "no template \(name)") }
        var response = Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store", .contentLanguage: language.tag,
                .vary: "Cookie, Accept-Language",
            ],
            body: .init(byteBuffer: ByteBuffer(string: html)))
        if visit.isNew { response.setCookie(visits.visitCookie(visit.secret)) }
        if request.uri.queryParameters["lang"] != nil {
            response.setCookie(
                Cookie(
                    name: "lang", value: language.rawValue, maxAge: 365 * 86_400, path: "/", secure: visits.isSecure,
                    httpOnly: false, sameSite: .lax))
        }
        return response
    }

    /// The page that tells a person what went wrong: template `problem` if there is one.
    func problemPage(_ problem: Problem, for request: Request) throws -> Response {
        let model: [String: Any] = [
            "title": problem.title, "detail": problem.detail, "status": problem.status, "code": problem.code,
        ]
        do {
            return try page("problem", model, for: request, status: .init(code: problem.status))
        } catch {
            return try JSONBody.response(problem, status: .init(code: problem.status), type: "application/problem+json")
        }
    }

    private static func library(_ folder: URL) throws -> MustacheLibrary {
        var library = MustacheLibrary()
        let base = folder.resolvingSymlinksInPath().path
        guard let names = FileManager.default.enumerator(atPath: base) else { return library }
        for case let name as String in names where name.hasSuffix(".mustache") {
            guard let data = FileManager.default.contents(atPath: "\(base)/\(name)") else { continue }
            try library.register(String(decoding: data, as: UTF8.self), named: String(name.dropLast(".mustache".count)))
        }
        return library
    }
}
