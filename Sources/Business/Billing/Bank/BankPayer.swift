public import Basics
public import Storage

/// Who paid, as a bank says: sealed at rest, for it names a person.
public struct BankPayer: Sendable, Equatable {
    /// What need not be sealed: a payment provider's name, or what stands where a name was erased.
    let plain: String
    /// The name, sealed for its line.
    let sealed: [UInt8]?
    private let line: BankLineID

    /// A payer as stored.
    init(plain: String, sealed: [UInt8]?, line: BankLineID) {
        self.plain = plain
        self.sealed = sealed
        self.line = line
    }

    /// Seals the name of a person for a line.
    init(_ name: String, of line: BankLineID, with vault: Vault) throws(Fault) {
        plain = ""
        sealed = name.isEmpty ? nil : try vault.seal(Array(name.utf8), for: BillingSchema.payerPlace(line.rawValue))
        self.line = line
    }

    /// The name; throws where the vault's key is gone.
    public func name(with vault: Vault) throws(Fault) -> String {
        guard let sealed else { return plain }
        return String(decoding: try vault.open(sealed, for: BillingSchema.payerPlace(line.rawValue)), as: UTF8.self)
    }
}

/// Seals the payers of lines that were taken in before payers were sealed, batch by batch; returns how many. The program calls it when it starts.
@discardableResult
public func sealPayers(in database: any Database, with vault: Vault) async throws(Fault) -> Int {
    var sealed = 0
    while true {
        let batch = try await database.write { tx throws(Fault) in try sealSomePayers(in: tx, with: vault) }
        guard batch > 0 else { return sealed }
        sealed += batch
    }
}

private func sealSomePayers(in tx: any Transaction, with vault: Vault) throws(Fault) -> Int {
    let rows = try tx.query(
        """
        SELECT id, payer FROM billing_bank_lines
        WHERE payer NOT IN ('', '\(erasedPayer)') AND origin NOT LIKE 'provider:%' LIMIT \(BillingLimits.payersPerStep)
        """)
    for row in rows {
        let line: BankLineID = try row.id("id")
        let payer = try BankPayer(try row.text("payer"), of: line, with: vault)
        try tx.execute(
            "UPDATE billing_bank_lines SET payer = $2, sealed_payer = $3 WHERE id = $1",
            [.id(line), .text(payer.plain), payer.sealed.map(Value.blob) ?? .null])
    }
    return rows.count
}
