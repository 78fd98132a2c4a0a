public import Basics
public import Customers
public import Storage

/// The acceptance of the software licence (clause 3) for one version of one software.
public struct LicenceAcceptance: Sendable, Equatable {
    /// What software, such as `web`.
    public let software: String
    /// Its version.
    public let version: String
    /// The hash of the licence's wording that was shown.
    public let wording: ContentHash
    /// When it was accepted.
    public let at: Timestamp
}

/// The licence of clause 3 in plain words, as it is shown before a software is used for the first time.
public let softwareLicence = Wording(
    zh: "本软件仅许可您为接受可视电话服务而使用。除法律允许外，未经提供方书面同意，请勿修改、分析、反向工程、复制或者再分发。",
    en:
        "This software is licensed to you only for receiving the videophone service. Except as the law allows, do not change, analyse, reverse-engineer, copy or redistribute it without the provider's written consent."
)

/// Records that a customer accepted the licence for a version of a software. The same version again keeps the first acceptance.
public func recordLicenceAcceptance(
    software: String, version: String, of customer: CustomerID, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> LicenceAcceptance {
    for text in [software, version] {
        guard AgreementLimits.softwareBytes.contains(text.utf8.count), text.utf8.allSatisfy(isNameByte) else {
            throw Fault(.softwareName, "a software and its version are named by letters, digits, dots and dashes")
        }
    }
    let wording = ContentHash(of: Array((softwareLicence.zh + "\n" + softwareLicence.en).utf8))
    let isNew =
        try tx.execute(
            """
            INSERT INTO agreement_licences (customer, software, version, wording, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (customer, software, version) DO NOTHING
            """, [.id(customer), .text(software), .text(version), .blob(wording.bytes), .time(now)]) == 1
    if isNew {
        try appendJournal(
            JournalEntry(
                at: now, actor: "customer:\(customer)", action: "licence.accepted", subject: "customer:\(customer)", clause: 3,
                after: journalState([
                    "software": .text(software), "version": .text(version), "wording": .text(wording.hex),
                ])),
            in: tx)
    }
    let all = try licenceAcceptances(of: customer, in: tx)
    guard let accepted = all.first(where: { $0.software == software && $0.version == version }) else {
        throw Fault(.damaged, "the acceptance was not kept")
    }
    return accepted
}

/// All acceptances of a customer, the newest first.
public func licenceAcceptances(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [LicenceAcceptance] {
    let rows = try tx.query(
        "SELECT software, version, wording, at FROM agreement_licences WHERE customer = $1 ORDER BY at DESC, software, version",
        [.id(customer)])
    var found: [LicenceAcceptance] = []
    for row in rows {
        found.append(
            LicenceAcceptance(
                software: try row.text("software"), version: try row.text("version"), wording: try hash(row, "wording"),
                at: try row.time("at")))
    }
    return found
}

private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"):
        true
    default: false
    }
}
