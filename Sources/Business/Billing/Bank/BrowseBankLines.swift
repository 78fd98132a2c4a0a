public import Basics
public import Storage

/// The lines of an import in the order of the file; a line that came with an earlier statement is there with that one.
public func bankLines(
    of id: BankImportID, limit: Int = BillingLimits.statementLines, in tx: any Transaction
) throws(Fault) -> [BankLine] {
    try BankStore.list("origin = $1", [.id(id)], limit: min(max(limit, 1), BillingLimits.statementLines), in: tx)
        .sorted { $0.position < $1.position }
}

/// A line by its name.
public func bankLine(_ id: BankLineID, in tx: any Transaction) throws(Fault) -> BankLine {
    guard let line = try BankStore.list("id = $1", [.id(id)], limit: 1, in: tx).first else {
        throw Fault(.noBankLine, "there is no such line")
    }
    return line
}
