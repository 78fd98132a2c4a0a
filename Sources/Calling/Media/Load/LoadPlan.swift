/// What a load run does: how many calls, what each device sends, for how long.
public struct LoadPlan: Sendable {
    /// Two-way calls; each has two devices that both send and receive.
    public var calls: Int
    /// Bits per second of video from each device, RTP payload only.
    public var videoBitsPerSecond: Int
    /// Video frames a second.
    public var framesPerSecond: Int
    /// The largest video payload in a packet, in bytes; frames are split into about equal parts, as encoders do.
    public var payloadBytes: Int
    /// Audio packets a second from each device.
    public var audioPacketsPerSecond: Int
    /// Bytes of an audio packet's payload.
    public var audioPayloadBytes: Int
    /// Seconds of sending before measuring starts.
    public var warmUpSeconds: Double
    /// Seconds of measuring.
    public var seconds: Double
    /// The core that the generator's thread is pinned to.
    public var core: Int

    /// A plan; the defaults are one call of 1.2 Mbit/s video at 30 frames a second, and Opus-like audio at 50 packets a second.
    public init(
        calls: Int = 1, videoBitsPerSecond: Int = 1_200_000, framesPerSecond: Int = 30, payloadBytes: Int = 1150,
        audioPacketsPerSecond: Int = 50, audioPayloadBytes: Int = 80, warmUpSeconds: Double = 1, seconds: Double = 5,
        core: Int = 1
    ) {
        self.calls = calls
        self.videoBitsPerSecond = videoBitsPerSecond
        self.framesPerSecond = framesPerSecond
        self.payloadBytes = payloadBytes
        self.audioPacketsPerSecond = audioPacketsPerSecond
        self.audioPayloadBytes = audioPayloadBytes
        self.warmUpSeconds = warmUpSeconds
        self.seconds = seconds
        self.core = core
    }
}

extension LoadPlan {
    func shape(_ kind: TrackKind) -> LoadStream.Shape {
        switch kind {
        case .audio: .audio(packetsPerSecond: audioPacketsPerSecond, payloadBytes: audioPayloadBytes)
        case .video:
            .video(bitsPerSecond: videoBitsPerSecond, framesPerSecond: framesPerSecond, payloadBytes: payloadBytes)
        }
    }
}

/// What a load run saw in its measured part.
public struct LoadReport: Sendable {
    /// RTP packets that the devices sent.
    public internal(set) var sent = 0
    /// RTP packets that came through to the other device.
    public internal(set) var received = 0
    /// Packets that were sent but had not come through shortly after the end.
    public var lost: Int { max(0, sent - received) }
    /// The time from a device's send call to the other device's receive call.
    public internal(set) var delays = DelayHistogram()
    /// Seconds that were measured.
    public internal(set) var seconds = 0.0
    /// Microseconds of CPU time of the generator's own thread: near `seconds` means that the generator, not the server, was the limit.
    public internal(set) var generatorCPUMicroseconds: Int64 = 0
}

/// A media server that the load generator opens legs on; the signalling is whatever the server has.
public protocol LoadTarget {
    /// Opens a leg with an offer; the answer.
    func open(leg: String, call: String, offer: String) async throws -> String
    /// Joins two legs.
    func bridge(_ a: String, _ b: String) async throws
    /// Closes a leg.
    func close(leg: String) async throws
}
