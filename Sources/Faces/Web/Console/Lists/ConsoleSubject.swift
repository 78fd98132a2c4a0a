import Access
import Basics
import Storage

/// A subject that staff work on: its list, its sheets and who may see them. Pages, CSV and `/api/v1/staff` are all made from it, so that
/// they cannot differ.
struct ConsoleSubject: Sendable {
    /// Its name in addresses, navigation and words.
    let key: String
    /// Without it the subject does not exist for a member of the staff.
    let permission: Permission
    /// Others of which each one opens it as well.
    var alsoFor: [Permission] = []
    /// Its place in the navigation.
    var icon: String
    var columns: [ConsoleColumn]
    var filters: [ConsoleFilter] = []
    /// Whether the opening page counts what waits in it.
    var isQueue = false
    /// Whether the list answers while somebody types.
    var isSearch = false
    /// Whether somebody can be known by its rows: who takes them out of the house as a file says what for.
    var hasPersonalData = true
    /// What can be done to the list itself, such as beginning something new.
    var acts: @Sendable (ConsoleDesk) -> [ConsoleOffer] = { _ in [] }
    /// The list.
    var rows: @Sendable (ConsoleDesk, ListQuery, any Transaction) throws(Fault) -> ConsoleRows
    /// One of them; nil where it needs no page of its own.
    var sheet: (@Sendable (ConsoleDesk, String, any Transaction) throws(Fault) -> ConsoleSheet)?

    /// Whether it exists for somebody with these roles.
    func isFor(_ desk: ConsoleDesk) -> Bool { desk.may(permission) || alsoFor.contains(where: desk.may) }

    var path: String { "/console/\(key)" }
}
