internal import Basics
internal import Foundation

/// Refuses parameters that are not those of the kind. Callers are rooms of the house, so this is a defect of theirs.
func checkNotice(_ kind: NoticeKind, _ parameters: [String: String], key: String) throws(Fault) {
    guard NoticesLimits.keyBytes.contains(key.utf8.count) else {
        throw Fault(.noticeKey, "the key of a notice \(kind.rawValue) has \(key.utf8.count) bytes")
    }
    guard Set(parameters.keys) == kind.parameters else {
        let wanted = kind.parameters.sorted().joined(separator: ", ")
        throw Fault(.noticeParameters, "a notice \(kind.rawValue) has the parameters: \(wanted)")
    }
    for (name, value) in parameters {
        let isPlain = value.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        guard !value.isEmpty, value.utf8.count <= NoticesLimits.parameterBytes, isPlain else {
            throw Fault(.noticeParameters, "the parameter \(name) of a notice \(kind.rawValue) is empty, too long or not plain")
        }
    }
}

/// Parameters as stored: JSON with sorted keys, so that the same have one text.
func storedParameters(_ parameters: [String: String]) throws(Fault) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(parameters) else {
        throw Fault(.noticeParameters, "the parameters of a notice cannot be written")
    }
    return String(decoding: data, as: UTF8.self)
}

func parameters(stored text: String) throws(Fault) -> [String: String] {
    guard let parameters = try? JSONDecoder().decode([String: String].self, from: Data(text.utf8)) else {
        throw Fault(.noticeParameters, "the stored parameters of a notice are damaged")
    }
    return parameters
}
