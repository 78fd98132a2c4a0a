/// Network byte order. The callers have checked the bounds; these only read and write.
extension UnsafeRawPointer {
    func load8(_ offset: Int) -> UInt8 { load(fromByteOffset: offset, as: UInt8.self) }
    func load16(_ offset: Int) -> UInt16 { UInt16(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt16.self)) }
    func load24(_ offset: Int) -> UInt32 { UInt32(load16(offset)) << 8 | UInt32(load8(offset + 2)) }
    func load32(_ offset: Int) -> UInt32 { UInt32(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self)) }
    func load64(_ offset: Int) -> UInt64 { UInt64(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
}

extension UnsafeMutableRawPointer {
    func load8(_ offset: Int) -> UInt8 { UnsafeRawPointer(self).load8(offset) }
    func load16(_ offset: Int) -> UInt16 { UnsafeRawPointer(self).load16(offset) }
    func load24(_ offset: Int) -> UInt32 { UnsafeRawPointer(self).load24(offset) }
    func load32(_ offset: Int) -> UInt32 { UnsafeRawPointer(self).load32(offset) }

    func store8(_ value: UInt8, _ offset: Int) { storeBytes(of: value, toByteOffset: offset, as: UInt8.self) }
    func store16(_ value: UInt16, _ offset: Int) { storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt16.self) }
    func store24(_ value: UInt32, _ offset: Int) {
        store16(UInt16(truncatingIfNeeded: value >> 8), offset)
        store8(UInt8(truncatingIfNeeded: value), offset + 2)
    }
    func store32(_ value: UInt32, _ offset: Int) { storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt32.self) }
    func store64(_ value: UInt64, _ offset: Int) { storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt64.self) }
}
