import Agreement
import Basics
import Customers
import Orders

/// What can be ordered, as choices of a form.
struct OrderOffers {
    let entries: [CatalogueEntry]
    let reader: PageReader

    /// Plans for a first line. The plan of a further line makes sense beside another one only.
    func plans(chosen: CatalogueItemID? = nil) -> [[String: Any]] {
        choices([.plan], chosen: chosen).filter { $0["id"] as? String != StandardCatalogue.extraLine.rawValue }
    }

    var terminals: [[String: Any]] { choices([.terminalSale, .terminalRent]) }
    var addOns: [[String: Any]] { choices([.addOn]) }

    private func choices(_ kinds: Set<CatalogueItem.Kind>, chosen: CatalogueItemID? = nil) -> [[String: Any]] {
        entries.filter { kinds.contains($0.item.kind) }.map { entry in
            [
                "id": entry.item.id.rawValue, "name": reader.say(entry.item.name), "description": description(entry),
                "price": reader.price(oneOff: entry.price.oneOff, monthly: entry.price.monthly),
                "oneOffMicros": "\(entry.price.oneOff.micros)", "monthlyMicros": "\(entry.price.monthly.micros)",
                "chosen": entry.item.id == chosen,
            ]
        }
    }

    private func description(_ entry: CatalogueEntry) -> String {
        guard let video = entry.perSecond[.video], let audio = entry.perSecond[.audio] else {
            return reader.say(entry.item.description)
        }
        let calls = reader.text(
            "order.callPrices", ["video": PlainWords.pricePerMinute(video), "audio": PlainWords.pricePerMinute(audio)])
        return "\(reader.say(entry.item.description)) \(calls)"
    }
}

extension PageReader {
    /// The words of the reader's language.
    func say(_ wording: Wording) -> String { language == .chinese ? wording.zh : wording.en }

    /// 23 Nov 2026 14:05, in the provider's zone.
    func moment(_ instant: Timestamp) -> String { PlainWords.moment(instant, zone, language) }

    /// What something costs once and each month, in one phrase.
    func price(oneOff: Money, monthly: Money) -> String {
        switch (oneOff > .zero, monthly > .zero) {
        case (true, true): text("order.both", ["oneOff": oneOff.formatted, "monthly": monthly.formatted])
        case (true, false): oneOff.formatted
        case (false, true): text("order.monthly", ["amount": monthly.formatted])
        case (false, false): text("order.free")
        }
    }
}
