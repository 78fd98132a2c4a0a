import Agreement
import Arbitration
import Basics
import Customers
import Storage

extension WebParts {
    /// Everything about a customer as one ZIP with a signed manifest: what Customers keeps, the agreement and its annexes as they were
    /// signed, and what the service has written down: calls, invoices, payments, notices, holds, orders. `jianmian verify case` checks it like any other.
    func exportArchive(of customer: CustomerID) async throws(Fault) -> [UInt8] {
        let (vault, now) = (services.vault, services.clock.now())
        let (items, records, number) = try await services.database.write { tx throws(Fault) in
            let own = try exportMyData(of: customer, with: vault, in: tx, at: now)
            let agreement = try signedAgreement(of: customer, in: tx)
            let documents = try agreement.map { signed throws(Fault) in try Self.documents(of: signed, vault, in: tx) } ?? []
            return (own + documents, try serviceRecords(of: customer, in: tx), agreement?.number ?? "–")
        }
        var files = records
        for item in items { files.append(try CaseItem(path: item.path, bytes: item.bytes)) }
        let subject = CaseSubject(agreement: number, customer: customer.rawValue, madeAt: now, madeBy: "customer:\(customer)")
        return try caseFile(files, about: subject, sealedBy: services.seal)
    }

    private static func documents(of agreement: Agreement, _ vault: Vault, in tx: any Transaction) throws(Fault) -> [ExportItem] {
        var items = [
            ExportItem(
                path: "agreement/\(agreement.number).html",
                bytes: try storedDocument(agreement.documentHash, vault: vault, in: tx).content)
        ]
        for annex in agreement.annexes {
            let document = try storedDocument(annex.document, vault: vault, in: tx)
            items.append(ExportItem(path: "agreement/annexes/\(annex.number).html", bytes: document.content))
        }
        return items
    }
}
