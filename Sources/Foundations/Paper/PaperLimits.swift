/// Every limit of this room, by name.
public enum PaperLimits {
    /// Bytes of one document's HTML; the agreement with its eighteen clauses in two languages is below 200 kB.
    public static let documentBytes = 8 << 20
    /// Bytes of one PDF.
    public static let paperBytes = 32 << 20
    /// Bytes of a QR code's text; a code of medium correction holds 2,331.
    public static let codeBytes = 1_024
    /// Seconds that one document may take.
    public static let documentSeconds = 20
    /// Seconds that a worker may take until it is ready for work; a cold disk and two busy cores need several.
    public static let startSeconds = 60
    /// Seconds that a worker that has been asked to end gets before it is killed.
    public static let endSeconds = 2
    /// Documents that may wait for the worker.
    public static let waitingDocuments = 32
    /// Seconds after which somebody who waits is told to come again.
    public static let waitingSeconds = 60
    /// Documents after which a worker is replaced, so that what its libraries keep does not grow for ever.
    public static let documentsPerWorker = 500
}
