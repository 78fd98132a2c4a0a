internal import Basics
internal import Storage

enum DeviceStore {
    /// The device seen last comes first.
    static func list(on line: LineID, in tx: any Transaction) throws(Fault) -> [Device] {
        let rows = try tx.query(
            "SELECT id, name, first_seen_at, last_seen_at FROM lines_devices WHERE line = $1 ORDER BY last_seen_at DESC, id",
            [.id(line)])
        var devices: [Device] = []
        for row in rows {
            devices.append(
                Device(
                    id: try row.id("id"), name: try row.text("name"), firstSeenAt: try row.time("first_seen_at"),
                    lastSeenAt: try row.time("last_seen_at")))
        }
        return devices
    }

    static func save(_ device: Device, on line: LineID, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO lines_devices (line, id, name, first_seen_at, last_seen_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (line, id) DO UPDATE SET name = excluded.name, last_seen_at = excluded.last_seen_at
            """,
            [.id(line), .id(device.id), .text(device.name), .time(device.firstSeenAt), .time(device.lastSeenAt)])
    }

    static func delete(_ id: DeviceID, on line: LineID, in tx: any Transaction) throws(Fault) {
        try tx.execute("DELETE FROM lines_devices WHERE line = $1 AND id = $2", [.id(line), .id(id)])
    }
}
