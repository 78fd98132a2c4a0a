public import Basics

/// Marks the id of a call; Calls keeps the record itself. Declared here because charging and billing name calls, too, and come before Calls.
public enum CallRecord {}

/// The id of a call, made by the page or terminal that dials.
public typealias CallID = Identifier<CallRecord>
