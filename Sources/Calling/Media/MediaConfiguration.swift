/// How a media server is set up.
public struct MediaConfiguration: Sendable {
    /// Worker threads, each pinned to a core and with a UDP port of its own; zero means one per usable core.
    public var workers: Int
    /// The numeric address to bind: `0.0.0.0` for every IPv4 interface (and `::` too, where the system has IPv6).
    public var bind: String
    /// Numeric addresses told to callers as candidates; empty means those of this machine's interfaces, and loopback.
    public var advertised: [String]
    /// The first worker's UDP port, the next has the next; zero lets the system choose.
    public var firstPort: Int
    /// Whether workers are pinned to cores.
    public var pinsThreads: Bool
    /// Microseconds that a busy worker lets packets gather before it takes them; they then share system calls and leave in bursts.
    public var gatherMicroseconds: Int64
    /// Whether bursts to one receiver leave as segmented sends, where the kernel can.
    public var segmentsBursts: Bool

    /// A configuration; the defaults suit one machine.
    public init(
        workers: Int = 0, bind: String = "0.0.0.0", advertised: [String] = [], firstPort: Int = 0, pinsThreads: Bool = true,
        gatherMicroseconds: Int64 = 200, segmentsBursts: Bool = true
    ) {
        self.workers = workers
        self.bind = bind
        self.advertised = advertised
        self.firstPort = firstPort
        self.pinsThreads = pinsThreads
        self.gatherMicroseconds = gatherMicroseconds
        self.segmentsBursts = segmentsBursts
    }
}
