import Basics
import Customers
import Lines
import Orders

/// The page that waits: what is done, what is missing, who acts next.
struct ProgressModel {
    let progress: ApplicationProgress
    let reader: PageReader

    var model: [String: Any] {
        var model: [String: Any] = [
            "mark": Self.mark(progress), "waitTitle": title, "waitLead": lead, "inForce": progress.line != nil, "progress": rows,
        ]
        let step = JoinStep(progress)
        if step != .wait { model["nextStep"] = ["path": step.path, "name": reader.text("join.step.\(step.rawValue)")] }
        return model
    }

    /// Changes whenever something on the page would.
    static func mark(_ progress: ApplicationProgress) -> String {
        [
            progress.identity.rawValue, progress.order?.state.rawValue ?? "-", progress.signature == nil ? "-" : "signed",
            progress.provider == nil ? "-" : "sealed", progress.line == nil ? "-" : "open",
        ].joined(separator: ".")
    }

    private var title: String {
        if progress.line != nil { return reader.text("join.t.done") }
        switch progress.identity {
        case .evidenceRequested: return reader.text("join.t.evidence")
        case .rejected: return reader.text("join.t.rejected")
        default: return reader.text(JoinStep(progress) == .wait ? "join.t.us" : "join.t.you")
        }
    }

    private var lead: String {
        if let line = progress.line { return reader.text("join.l.done", ["number": line.number.grouped]) }
        if progress.identity == .evidenceRequested { return reader.text("identity.more.evidence-requested") }
        return reader.text(JoinStep(progress) == .wait ? "join.l.us" : "join.l.you")
    }

    private var rows: [[String: Any]] {
        let steps = Set(progress.missing)
        return [
            row("identity", isDone: progress.identity == .verified, "join.s.identity.\(progress.identity.rawValue)"),
            row(
                "order", isDone: progress.order != nil, progress.order == nil ? "join.s.order.none" : "join.s.order.done",
                ["number": progress.order?.number ?? ""], at: progress.order?.confirmedAt),
            row(
                "signature", isDone: progress.signature != nil, "join.s.signature.none", "join.s.signature.done",
                progress.signature),
            row("provider", isDone: progress.provider != nil, "join.s.provider.none", "join.s.provider.done", progress.provider),
            row(
                "line", isDone: progress.line != nil, progress.line == nil ? "join.s.line.none" : "join.s.line.done",
                ["number": progress.line?.number.grouped ?? ""]),
        ].map { row in
            var row = row
            let ours = ["identity": ApplicationStep.check, "provider": .seal]
            if let key = row["key"] as? String, let step = ours[key], steps.contains(step) {
                row["more"] = reader.text("join.by")
            }
            return row
        }
    }

    private func row(_ key: String, isDone: Bool, _ none: String, _ done: String, _ at: Timestamp?) -> [String: Any] {
        row(key, isDone: isDone, isDone ? done : none, at: at)
    }

    private func row(
        _ key: String, isDone: Bool, _ words: String, _ parameters: [String: String] = [:], at: Timestamp? = nil
    ) -> [String: Any] {
        var row: [String: Any] = [
            "key": key, "name": reader.text("join.p.\(key)"), "words": reader.text(words, parameters),
            "state": isDone ? "done" : "todo",
        ]
        if key == "identity", [.evidenceRequested, .rejected].contains(progress.identity) { row["state"] = "bad" }
        if let at { row["more"] = reader.moment(at) }
        return row
    }
}
