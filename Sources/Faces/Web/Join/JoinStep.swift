import Customers
import Orders

/// The four steps of joining, as the stepper shows them.
enum JoinStep: String, CaseIterable {
    case me
    case order
    case sign
    case wait

    var path: String { "/join/\(rawValue)" }

    /// The step on which a newcomer can do something now; ``wait`` when everything on their side is done.
    init(_ progress: ApplicationProgress) {
        let own = progress.missing.first { [.data, .order, .signature].contains($0) }
        switch own {
        // Evidence is sent from the page that waits; only missing or refused data go back to the form.
        case .data where progress.identity == .evidenceRequested: self = progress.order == nil ? .order : Self.after(progress)
        case .data: self = .me
        case .order: self = .order
        case .signature: self = .sign
        default: self = .wait
        }
    }

    private static func after(_ progress: ApplicationProgress) -> JoinStep { progress.signature == nil ? .sign : .wait }

    /// The stepper: what is done carries a link back to it, to be read or corrected.
    static func model(current: JoinStep, _ progress: ApplicationProgress, _ reader: PageReader) -> [[String: Any]] {
        allCases.map { step in
            var model: [String: Any] = [
                "name": reader.text("join.step.\(step.rawValue)"), "current": step == current, "done": step.isDone(progress),
            ]
            if step != current, step.isDone(progress) || step == JoinStep(progress) { model["link"] = step.path }
            return model
        }
    }

    private func isDone(_ progress: ApplicationProgress) -> Bool {
        switch self {
        case .me: ![VerificationState.none, .rejected].contains(progress.identity)
        case .order: progress.order != nil
        case .sign: progress.signature != nil
        case .wait: progress.line != nil
        }
    }
}
