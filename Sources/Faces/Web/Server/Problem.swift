import Basics
import Customers
import Foundation
import Hummingbird
import NIOCore

/// The one shape of refusals: problem+json of RFC 9457 with the house's code and its parameters.
struct Problem: Encodable {
    var type: String
    var title: String
    var status: Int
    var code: String
    var detail: String
    var parameters: [String: String]
    /// What is wrong with a form, field by field; only where there is a form.
    var errors: [FieldProblem]?

    struct FieldProblem: Encodable {
        var field: String
        var code: String
        var detail: String
        var parameters: [String: String]
    }

    /// The problem of whatever a handler threw.
    init(from error: any Error, _ language: Language, _ words: Words) {
        self.init(Fault(from: error), language, words)
        guard let faults = error as? FieldFaults else { return }
        errors = faults.all.map { one in
            FieldProblem(
                field: one.field, code: one.fault.code.rawValue,
                detail: words.text("fault.\(one.fault.code.rawValue)", language, one.fault.parameters) ?? one.fault.reason,
                parameters: one.fault.parameters)
        }
    }

    init(_ fault: Fault, _ language: Language, _ words: Words) {
        let status = fault.status
        type = "urn:jianmian:fault:\(fault.code.rawValue)"
        title = words.text("problem.\(fault.code.kind)", language) ?? status.reasonPhrase
        self.status = status.code
        code = fault.code.rawValue
        // A defect's reason is for the log; its reader gets the general words.
        let fallback = fault.code.kind == .defect ? title : fault.reason
        detail = words.text("fault.\(fault.code.rawValue)", language, fault.parameters) ?? fallback
        parameters = fault.parameters
    }
}

extension Fault {
    /// The HTTP status of the fault: its kind's, or the more exact one that HTTP has for some codes of this room.
    var status: HTTPResponse.Status {
        switch code {
        case .webTooLarge: return .contentTooLarge
        case .webTooSlow: return .requestTimeout
        case .webMediaType: return .unsupportedMediaType
        case .webMethod: return .methodNotAllowed
        case .webUpgrade: return .upgradeRequired
        default: break
        }
        switch code.kind {
        case .invalid: return .badRequest
        case .unauthenticated: return .unauthorized
        case .forbidden: return .forbidden
        case .notFound: return .notFound
        case .conflict: return .conflict
        case .limited: return .tooManyRequests
        case .payment: return .init(code: 402, reasonPhrase: "Payment Required")
        case .unavailable: return .serviceUnavailable
        case .defect: return .internalServerError
        }
    }

    /// Whatever a handler threw, as a fault.
    init(from error: any Error) {
        switch error {
        case let fault as Fault: self = fault
        case is FieldFaults: self = Fault(.webForm, "several fields are at fault")
        case let error as NIOTooManyBytesError:
            let most = error.maxBytes ?? WebLimits.bodyBytes
            self = Fault(.webTooLarge, "the body is larger than \(most) bytes", ["limit": "\(most)"])
        case let error as HTTPError where error.status == .notFound: self = Fault(.webNotFound, "no such resource")
        case let error as HTTPError where error.status == .contentTooLarge:
            self = Fault(
                .webTooLarge, "the body is larger than \(WebLimits.bodyBytes) bytes", ["limit": "\(WebLimits.bodyBytes)"])
        case let error as HTTPError where error.status.kind == .clientError:
            self = Fault(.webJSON, "the request is malformed", [:])
        default: self = Fault(.webDefect, "\(type(of: error))")
        }
    }
}

/// JSON bodies of responses.
enum JSONBody {
    static func data(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// A response that no cache keeps.
    static func response(_ value: some Encodable, status: HTTPResponse.Status = .ok, type: String = "application/json") throws
        -> Response
    {
        Response(
            status: status, headers: [.contentType: "\(type); charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: try data(value))))
    }
}
