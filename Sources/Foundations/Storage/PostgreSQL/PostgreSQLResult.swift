internal import Basics
internal import CLibPQ

/// A finished result of libpq, freed with this object.
final class PostgreSQLResult {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQclear(handle) }

    var status: ExecStatusType { PQresultStatus(handle) }

    /// The five letters of the SQLSTATE; empty when the connection failed before the server could answer.
    var sqlState: String { field(CChar(bitPattern: UInt8(ascii: "C"))) }
    /// The server's message, without the statement's values.
    var message: String { field(CChar(bitPattern: UInt8(ascii: "M"))) }

    private func field(_ code: CChar) -> String { PQresultErrorField(handle, CInt(code)).map { String(cString: $0) } ?? "" }

    /// Rows that an INSERT, UPDATE or DELETE changed.
    var changedRows: Int {
        // Also SELECT reports a count; it changes nothing.
        guard let tag = PQcmdStatus(handle).map({ String(cString: $0) }), !tag.hasPrefix("SELECT") else { return 0 }
        return PQcmdTuples(handle).flatMap { Int(String(cString: $0)) } ?? 0
    }

    func rows() throws(Fault) -> [Row] {
        let columns = PQnfields(handle)
        let names = (0..<columns).map { PQfname(handle, $0).map { String(cString: $0) } ?? "" }
        var rows: [Row] = []
        for row in 0..<PQntuples(handle) {
            var values: [Value] = []
            values.reserveCapacity(names.count)
            for column in 0..<columns { values.append(try value(row, column)) }
            rows.append(Row(names: names, values: values))
        }
        return rows
    }

    private func value(_ row: CInt, _ column: CInt) throws(Fault) -> Value {
        guard PQgetisnull(handle, row, column) == 0, let start = PQgetvalue(handle, row, column) else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(handle, row, column)))
        switch PQftype(handle, column) {
        case PostgreSQLArguments.TypeID.int2, PostgreSQLArguments.TypeID.int4, PostgreSQLArguments.TypeID.int8,
            PostgreSQLArguments.TypeID.bool:
            return .integer(Self.integer(bytes))
        case PostgreSQLArguments.TypeID.text, PostgreSQLArguments.TypeID.varchar, PostgreSQLArguments.TypeID.bpchar,
            PostgreSQLArguments.TypeID.name, PostgreSQLArguments.TypeID.unknown:
            return .text(String(decoding: bytes, as: UTF8.self))
        case PostgreSQLArguments.TypeID.bytes: return .blob([UInt8](bytes))
        case PostgreSQLArguments.TypeID.void: return .null
        case PostgreSQLArguments.TypeID.numeric: return .integer(try Self.numeric(bytes))
        case let type: throw Fault(.schema, "column \(column) has PostgreSQL's type \(type); cast it to BIGINT, TEXT or BYTEA")
        }
    }

    /// A big-endian integer of 1, 2, 4 or 8 bytes; a boolean is one byte.
    private static func integer(_ bytes: UnsafeRawBufferPointer) -> Int64 {
        let negative = bytes.count > 1 && (bytes.first ?? 0) & 0x80 != 0
        return bytes.reduce(negative ? -1 : 0) { ($0 << 8) | Int64($1) }
    }

    /// SUM of a BIGINT column is NUMERIC there: base-10,000 digits after a head of count, weight, sign and scale (16 bits each).
    package static func numeric(_ bytes: UnsafeRawBufferPointer) throws(Fault) -> Int64 {
        let words = (0..<bytes.count / 2).map { Int64(bytes[$0 * 2]) << 8 | Int64(bytes[$0 * 2 + 1]) }
        guard words.count >= 4, words.count == 4 + Int(words[0]), words[2] == 0 || words[2] == 0x4000 else {
            throw Fault(.schema, "a NUMERIC column is not a number")
        }
        let weight = Int(Int16(truncatingIfNeeded: words[1]))
        let negative = words[2] == 0x4000
        var total: Int64 = 0
        for place in 0...max(weight, Int(words[0]) - 1, 0) {
            let digit = place < Int(words[0]) ? words[4 + place] : 0
            guard place <= weight else {
                guard digit == 0 else {
                    throw Fault(.schema, "a NUMERIC column has a fraction; amounts and counts are integers here")
                }
                continue
            }
            let (product, high) = total.multipliedReportingOverflow(by: 10_000)
            let (sum, carry) = negative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
            guard !high, !carry else { throw Fault(.schema, "a NUMERIC column does not fit into 64 bits") }
            total = sum
        }
        return total
    }
}
