/// The release of the software that a customer uses and whose licence they accept (clause 3). Its text changes with the agreement, not
/// with every build, so it is numbered by the licence.
enum SoftwareRelease {
    /// What a browser runs.
    static let software = "web"
    /// The version of its licence that is shown now.
    static let version = "1"
}
