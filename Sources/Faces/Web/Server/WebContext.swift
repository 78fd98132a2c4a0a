import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// What one request carries through middleware and handlers.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The connection's peer, without its port.
    let peer: String

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }

    var maxUploadSize: Int { WebLimits.bodyBytes }
}
