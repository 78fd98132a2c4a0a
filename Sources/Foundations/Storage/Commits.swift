/// How waiting writes become commits.
public struct Commits: Sendable {
    /// Works that one commit carries at most.
    public var worksPerCommit: Int

    /// All waiting works up to the limit of the room.
    public static let grouped = Commits(worksPerCommit: StorageLimits.worksPerCommit)
    /// One commit for each work: the plain way, for comparison.
    public static let single = Commits(worksPerCommit: 1)
}
