import Basics
import Billing

/// A day as it is written; the first of 1970 for a typing error, which no test expects.
func day(_ text: String) -> BusinessDate { BusinessDate(text) ?? BusinessDate(clamping: 0) }

/// An amount in fen.
func fen(_ amount: Int64) -> Money { Money(fen: amount) }

extension AccountFacts {
    /// Facts written in one expression.
    static func made(_ make: (inout AccountFacts) -> Void) -> AccountFacts {
        var facts = AccountFacts()
        make(&facts)
        return facts
    }
}

/// A claim of ¥100 made on the first of the month before its due date, 3‰ a day, suspended after a month, terminated after three.
func claim(_ id: String = "i1", _ amount: Money = Money(yuan: 100), issued: String = "2027-01-01", due: String = "2027-01-15")
    -> Claim
{
    Claim(id: InvoiceID(trusted: id), amount: amount, issuedOn: day(issued), due: day(due), terms: .standard)
}

func days(_ from: String, _ through: String?) -> DaySpan { DaySpan(from: day(from), through: through.map(day)) }
