public import Basics
public import Storage

/// The version with this id, draft or published.
public func agreementVersion(_ id: VersionID, in tx: any Transaction) throws(Fault) -> AgreementVersion {
    guard let version = try VersionStore.find(id, in: tx) else { throw .noVersion(id) }
    return version
}

/// The version that new customers sign: the one published last. Nil before the first.
public func currentVersion(in tx: any Transaction) throws(Fault) -> AgreementVersion? { try VersionStore.current(in: tx) }

/// The version being written; nil when there is none.
public func draft(in tx: any Transaction) throws(Fault) -> AgreementVersion? { try VersionStore.draft(in: tx) }

/// All versions, the newest first.
public func agreementVersions(in tx: any Transaction) throws(Fault) -> [AgreementVersion] { try VersionStore.all(in: tx) }

extension Fault {
    static func noVersion(_ id: VersionID) -> Fault {
        Fault(.unknownVersion, "there is no version \(id) of the agreement")
    }
}
