import Agreement
import Basics
import Billing
import Customers
import Lines
import Orders

/// What `contract/ending` shows.
struct EndingModel {
    /// The ending under way, or the last one.
    let ending: Ending?
    let money: EndingMoney?
    let retention: Retention?
    let reader: PageReader

    private var isOver: Bool { ending.map { !$0.isOpen } ?? true }
    private var isEnded: Bool { ending?.state == .ended }

    var model: [String: Any] {
        var model: [String: Any] = [
            "headline": headline, "lead": reader.text("contract.endingLead"), "state": ending?.state.rawValue ?? "none",
            "stages": stages, "showsMoney": money != nil, "bill": bill, "after": after, "mayRequest": isOver && !isEnded,
            "mayWithdraw": mayWithdraw, "ending": ending?.id.rawValue ?? "", "today": "\(reader.today)",
            "latest": "\(reader.today.adding(days: OrdersLimits.endingDaysAhead))", "freshID": EndingID.random().rawValue,
            "moneyLead": reader.text("contract.endingMoneyLead"),
        ]
        if let ending, ending.state != .withdrawn {
            let isArrears = ending.reason == .arrears && ending.isOpen
            model["stateText"] = reader.text(
                "contract.endingState.\(isArrears ? "arrears" : ending.state.rawValue)",
                ["date": reader.day(ending.requestedAt)])
            if ending.reason == .change { model["because"] = reader.text("contract.endingBecauseOfChange") }
        }
        if let final = money?.final {
            model["final"] = [
                "number": final.number, "name": reader.text("contract.endingFinal", ["number": final.number]),
                "value": reader.text(
                    "contract.endingFinalValue", ["amount": final.total.formatted, "date": reader.day(final.due)]),
            ]
        }
        if ending?.state == .settling, let total = money?.total, total > .zero { model["mayPay"] = true }
        return model
    }

    private var mayWithdraw: Bool { (ending?.state == .requested || ending?.state == .settling) && ending?.reason != .arrears }

    private var headline: String {
        let total = money?.total ?? .zero
        switch ending?.state {
        case .requested: return reader.text("contract.endingLineWished", ["date": reader.day(ending?.wished ?? reader.today)])
        case .settling, .paid:
            return reader.text(
                ending?.reason == .arrears ? "contract.endingLineArrears" : "contract.endingLineSettling",
                ["amount": total.formatted])
        case .ended: return reader.text("contract.endingLineEnded", ["date": ending?.endedAt.map(reader.day) ?? "–"])
        case nil, .withdrawn:
            return total > .zero
                ? reader.text("contract.endingLineNone", ["amount": total.formatted]) : reader.text("contract.endingLineNothing")
        }
    }

    private var stages: [[String: Any]] {
        let names = ["requested", "settling", "ended"]
        let reached: Int? =
            switch ending?.state {
            case .requested: 0
            case .settling, .paid: 1
            case .ended: 3
            case nil, .withdrawn: nil
            }
        return names.enumerated().map { index, name in
            [
                "name": reader.text("contract.endingStage.\(name)"), "isDone": reached.map { index < $0 } ?? false,
                "isNow": reached == index,
            ]
        }
    }

    private var bill: [[String: Any]] {
        guard let money else { return [] }
        let parts = money.parts.filter { $0.amount != .zero }.map { part in
            ["name": reader.text(part.name), "value": part.amount.formatted, "isSum": false] as [String: Any]
        }
        return parts + [["name": reader.text("contract.endingSum"), "value": money.total.formatted, "isSum": true]]
    }

    private var after: [[String: String]] {
        var after: [(String, String)] = []
        if let number = reader.holder?.line?.number {
            after.append(
                (
                    "contract.endingNumber",
                    reader.text(
                        "contract.endingNumberValue", ["number": number.grouped, "days": "\(LinesLimits.numberRestDays)"])
                ))
        }
        after.append(
            (
                "contract.endingData",
                retention.map { reader.text("privacy.eraseRetention", ["date": reader.day($0.identityUntil)]) }
                    ?? reader.text("contract.endingDataValue", ["years": "\(CustomersLimits.identityYears)"])
            ))
        after.append(("contract.endingDebt", reader.text("contract.endingDebtValue")))
        return after.map { ["name": reader.text($0.0), "value": $0.1] }
    }
}
