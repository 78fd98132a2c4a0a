public import Basics

/// What is wrong with one field of a form.
public struct FieldFault: Sendable, Equatable {
    /// The field, such as `idNumber` or `guardian.phone`.
    public let field: String
    /// What is wrong with it and how to mend it.
    public let fault: Fault
}

/// Everything that is wrong with a form, in the order of its fields, so that it is mended in one go.
public struct FieldFaults: Error, Sendable, Equatable {
    /// At least one.
    public let all: [FieldFault]
}

/// Reads a form's fields and collects their faults.
struct FormCheck {
    private(set) var faults: [FieldFault] = []

    /// The field's value; nil where it is at fault.
    mutating func read<T>(_ field: String, _ typed: String, _ rule: (String) throws(Fault) -> T) -> T? {
        do throws(Fault) {
            guard !typed.allSatisfy(\.isWhitespace) else { throw Fault(.missing, "\(field) is empty") }
            guard typed.utf8.count <= CustomersLimits.fieldBytes else {
                throw Fault(.textTooLong, "\(field) is too long", ["maximum": "\(CustomersLimits.fieldBytes)"])
            }
            return try rule(typed)
        } catch {
            faults.append(FieldFault(field: field, fault: error))
            return nil
        }
    }

    /// A field that may be empty: `.some(nil)` where it is.
    mutating func readOptional<T>(_ field: String, _ typed: String, _ rule: (String) throws(Fault) -> T) -> T?? {
        if typed.utf8.count <= CustomersLimits.fieldBytes, typed.allSatisfy(\.isWhitespace) { return .some(nil) }
        return read(field, typed, rule).map(Optional.some)
    }

    /// A box that must be ticked.
    mutating func ticked(_ field: String, _ isTicked: Bool, else code: Fault.Code) {
        if !isTicked { faults.append(FieldFault(field: field, fault: Fault(code, "\(field) is not agreed to"))) }
    }
}
