import Agreement
import Basics
import Customers
import Hummingbird
import Lines
import Orders
import Storage

/// Becoming a customer: register, then step by step to the line in service.
struct JoinPages: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("register") { request, _ in
            guard try await parts.holderIfAny(request) == nil else { return Response.redirect(to: "/join", type: .normal) }
            return try await parts.answer(.register, to: request)
        }
        router.get("join") { request, _ in try await lead(request) }
        for step in JoinStep.allCases {
            router.get(RouterPath(step.path)) { request, _ in try await show(step, request) }
        }
    }

    /// `/join` is wherever there is something to do now.
    private func lead(_ request: Request) async throws -> Response {
        guard let holder = try await parts.holderIfAny(request) else { return parts.signInFirst(request) }
        guard let progress = try await parts.progressOfApplication(holder.customer.id) else {
            return .redirect(to: "/phone", type: .normal)
        }
        return .redirect(to: JoinStep(progress).path, type: .normal)
    }

    private func show(_ step: JoinStep, _ request: Request) async throws -> Response {
        guard let holder = try await parts.holderIfAny(request) else { return parts.signInFirst(request) }
        guard let progress = try await parts.progressOfApplication(holder.customer.id) else {
            return .redirect(to: "/phone", type: .normal)
        }
        return try await parts.answer(step.frame, to: request) { reader in
            var model = try await self.model(of: step, progress, reader)
            model["steps"] = JoinStep.model(current: step, progress, reader)
            return model
        }
    }

    private func model(
        of step: JoinStep, _ progress: ApplicationProgress, _ reader: PageReader
    ) async throws -> [String: Any] {
        switch step {
        case .me: try await mine(progress, reader)
        case .order: try await order(progress, reader)
        case .sign: try await SigningPaper(parts: parts).model(progress, reader)
        case .wait:
            ProgressModel(progress: progress, reader: reader).model
                .merging(try await IdentityModel.read(progress.application.customer, parts, reader)) { _, new in new }
        }
    }

    private func mine(_ progress: ApplicationProgress, _ reader: PageReader) async throws -> [String: Any] {
        let isPerson = progress.application.party == .person
        var model = try await IdentityModel.read(progress.application.customer, parts, reader)
        model["person"] = isPerson
        model["organisation"] = !isPerson
        model["kind"] = progress.application.party.rawValue
        model["today"] = reader.today.description
        model["idKinds"] = IDKind.allCases.map { ["id": $0.rawValue, "name": reader.text("join.id.\($0.rawValue)")] }
        return model
    }

    private func order(_ progress: ApplicationProgress, _ reader: PageReader) async throws -> [String: Any] {
        let zone = reader.zone
        let entries = try await parts.services.database.read { tx throws(Fault) in
            try catalogue(on: reader.today, in: tx, zone: zone)
        }
        let offers = OrderOffers(entries: entries, reader: reader)
        var model: [String: Any] = [
            "orderID": OrderID.random().rawValue, "reservedNumber": progress.application.number.grouped,
            "reservedUntil": reader.text("join.reservedUntil", ["date": reader.day(progress.application.lastDay)]),
            "plans": offers.plans(chosen: progress.application.party == .organisation ? StandardCatalogue.business : nil),
            "terminals": offers.terminals, "addOns": offers.addOns, "hasAddOns": !offers.addOns.isEmpty,
        ]
        if let order = progress.order {
            model["confirmed"] = true
            model["orderNumber"] = order.number
            model["confirmedLine"] = reader.text("join.orderConfirmed", ["number": order.number])
        }
        return model
    }
}

extension JoinStep {
    var frame: PageFrame {
        PageFrame(name: "join", template: "join/\(rawValue)", title: "title.join", audience: .customer)
    }
}

extension PageFrame {
    static let register = PageFrame(name: "register", template: "register", title: "title.register", audience: .everybody)
}
