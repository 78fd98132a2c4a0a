/// The room's limits on everything from outside, each with a name.
package enum RTCLimits {
    /// A UDP datagram we send or take apart: slots of the media path are this long.
    package static let datagramBytes = 1_600
}
