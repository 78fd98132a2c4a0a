public import Basics

/// The id of a device, made by the page or terminal itself and kept there.
public typealias DeviceID = Identifier<Device>

/// A browser or terminal that has been signed in to a line.
public struct Device: Sendable, Equatable {
    /// The id.
    public let id: DeviceID
    /// Its name in its own words.
    public let name: String
    /// When it was first seen.
    public let firstSeenAt: Timestamp
    /// When it was last seen, to within ``LinesLimits/deviceSeenSeconds``.
    public let lastSeenAt: Timestamp
}
