// The room's limits on everything from outside, each with a name.

/// Limits of the media server. Each bounds something that a stranger or a broken peer could make grow.
public enum MediaLimits {
    /// Worker threads of one server.
    public static let workers = 64
    /// Legs that one worker carries; a further one is refused with `media.full`.
    public static let legsPerWorker = 4096
    /// Addresses validated by ICE that one leg keeps (a phone moving between networks); the oldest gives way.
    public static let addressesPerLeg = 8
    /// Control messages waiting for one worker; a further one is refused with `media.overloaded`.
    public static let waitingMessages = 4096
    /// Events waiting for the reader of ``MediaServer/events``; the oldest is dropped.
    public static let waitingEvents = 8192
    /// An offer's size in bytes.
    public static let offerBytes = 64 * 1024
    /// RTP streams (SSRCs) that one leg may send; packets of a further one are dropped and counted.
    public static let streamsPerLeg = 8
    /// Datagrams received by one system call.
    public static let receiveBatch = 64
    /// Slots for packets that the worker makes itself between two flushes.
    public static let scratchSlots = 256
    /// Bytes of one slot; a longer datagram is dropped.
    public static let slotBytes = 2048
    /// Receive batches taken from one socket before timers and control get their turn.
    public static let batchesPerTurn = 8
    /// Unknown sources that the limiter tells apart; others share a bucket.
    public static let knownStrangers = 1024
    /// Packets a second from one unknown host that are looked at; the rest are dropped unread.
    public static let strangerPacketsPerSecond: Int64 = 100
    /// Packets a second from all unknown hosts together that are looked at.
    public static let strangersPacketsPerSecond: Int64 = 5000
    /// Socket buffers, each way.
    public static let socketBufferBytes = 4 << 20
    /// Seconds of quality evidence kept on one leg.
    public static let qualitySeconds = 120
}
