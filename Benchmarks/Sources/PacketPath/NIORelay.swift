import CMediaShims
import NIOCore
import NIOPosix

/// The relay over a NIO datagram channel: vector reads, writes collected and flushed once per read batch.
final class NIORelay: Relay {
    let port: UInt16
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel
    private let handler: Handler
    private let cpuAtStart: Int64

    init(crowd: Crowd) {
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let handler = Handler(targets: crowd.ports.compactMap { try? SocketAddress(ipAddress: "127.0.0.1", port: Int($0)) })
        self.handler = handler
        do {
            channel = try DatagramBootstrap(group: group)
                .channelOption(.datagramVectorReadMessageCount, value: 64)
                .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 64 * 2048))
                .channelOption(.maxMessagesPerRead, value: 1)
                .channelOption(.socketOption(.so_rcvbuf), value: 4 << 20)
                .channelOption(.socketOption(.so_sndbuf), value: 4 << 20)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler) }
                }
                .bind(host: "127.0.0.1", port: 0).wait()
            cpuAtStart = try channel.eventLoop.submit {
                _ = JMPinThread(0)
                return JMThreadCPU()
            }.wait()
        } catch { preconditionFailure("cannot bind: \(error)") }
        port = UInt16(channel.localAddress?.port ?? 0)
    }

    func stop() -> Outcome {
        let handler = handler
        do {
            let (packets, cpu) = try channel.eventLoop.submit { (handler.packets, JMThreadCPU()) }.wait()
            try channel.close().wait()
            try group.syncShutdownGracefully()
            return Outcome(packets: packets, cpuMicroseconds: cpu - cpuAtStart)
        } catch { preconditionFailure("cannot stop: \(error)") }
    }

    // Proof: touched on the channel's event loop only.
    private final class Handler: ChannelInboundHandler, @unchecked Sendable {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>
        typealias OutboundOut = AddressedEnvelope<ByteBuffer>
        let targets: [SocketAddress]
        var packets = 0

        init(targets: [SocketAddress]) { self.targets = targets }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var envelope = unwrapInboundIn(data)
            let index = envelope.data.readerIndex
            let to = Int(envelope.data.getInteger(at: index, as: UInt8.self) ?? 0) % targets.count
            envelope.data.setInteger(UInt8(truncatingIfNeeded: packets), at: index + 1)  // the in-place edit that SRTP needs
            envelope.remoteAddress = targets[to]
            packets += 1
            context.write(wrapOutboundOut(envelope), promise: nil)
        }

        func channelReadComplete(context: ChannelHandlerContext) { context.flush() }
    }
}
