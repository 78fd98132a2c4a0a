internal import Basics
internal import CLibPQ

/// Values as libpq sends them: all in binary, in one buffer, each with the type that its value has, so that the server converts nothing
/// silently.
struct PostgreSQLArguments {
    /// Object ids of the built-in types (pg_type.dat); they never change.
    enum TypeID {
        static let unknown: Oid = 0
        static let bool: Oid = 16
        static let bytes: Oid = 17
        static let name: Oid = 19
        static let int8: Oid = 20
        static let int2: Oid = 21
        static let int4: Oid = 23
        static let text: Oid = 25
        static let bpchar: Oid = 1042
        static let varchar: Oid = 1043
        static let void: Oid = 2278
        static let numeric: Oid = 1700
    }

    private(set) var types: [Oid] = []
    private(set) var lengths: [CInt] = []
    private var offsets: [Int?] = []
    private var buffer: [CChar] = []

    init(_ values: [Value]) throws(Fault) {
        for value in values { try append(value) }
    }

    private mutating func append(_ value: Value) throws(Fault) {
        switch value {
        case .null: add(TypeID.unknown, nil as [UInt8]?)
        case .integer(let integer): add(TypeID.int8, (0..<8).map { UInt8(truncatingIfNeeded: integer >> (56 - 8 * $0)) })
        case .text(let text):
            guard !text.utf8.contains(0) else { throw Fault(.nulInText, "text with a NUL character cannot be stored") }
            add(TypeID.text, Array(text.utf8))
        case .blob(let bytes): add(TypeID.bytes, bytes)
        }
    }

    private mutating func add(_ type: Oid, _ bytes: [UInt8]?) {
        types.append(type)
        lengths.append(CInt(bytes?.count ?? 0))
        offsets.append(bytes == nil ? nil : buffer.count)
        for byte in bytes ?? [] { buffer.append(CChar(bitPattern: byte)) }
        // libpq takes a null pointer as NULL, so an empty value needs an address too.
        buffer.append(0)
    }

    /// Which prepared statement fits: its types.
    var signature: String {
        String(decoding: types.map { $0 == TypeID.int8 ? 105 : $0 == TypeID.text ? 116 : $0 == 0 ? 110 : 98 }, as: UTF8.self)
    }

    /// Calls a function of libpq with pointers to the values.
    func withPointers<T>(_ body: ([UnsafePointer<CChar>?], _ formats: [CInt]) -> T) -> T {
        buffer.withUnsafeBufferPointer { memory in
            let pointers = offsets.map { offset in offset.flatMap { memory.baseAddress?.advanced(by: $0) } }
            return body(pointers, [CInt](repeating: 1, count: pointers.count))
        }
    }
}
