public import Basics

/// An invoice: what an account is asked to pay, with a number and a due date.
public struct Invoice: Sendable, Equatable {}

/// An objection of a customer to a charge or a penalty (clause 6).
public struct Dispute: Sendable, Equatable {}

/// Names an invoice inside the program; its number is what people read.
public typealias InvoiceID = Identifier<Invoice>
/// Names a dispute; the customer's device makes it, so that a repeat is known.
public typealias DisputeID = Identifier<Dispute>
