import Access
import Basics
import Lines
import Orders
import Storage
import StorageTestSupport
import Testing

private let base = [
    TariffRate(.video, perSecond: Money(micros: 5_000)), TariffRate(.audio, perSecond: Money(micros: 2_000)),
]
private let evening = TariffWindow(weekdays: [1, 2, 3, 4, 5], fromMinute: 1140)

private func window(_ window: TariffWindow, micros: Int64 = 1_000) -> TariffRate {
    TariffRate(.video, window: window, perSecond: Money(micros: micros))
}

@Suite("Tariffs: published with the price list, kept by who signed them")
struct TariffTests {
    private let rich = TariffTerms(
        rates: base + [
            window(evening),
            TariffRate(.offNet, prefix: "00", perSecond: Money(micros: 30_000), firstSeconds: 60, nextSeconds: 60),
        ],
        allowances: [FreeAllowance(.video, seconds: 6_000)], discount: UsageDiscount(perMille: 100, above: Money(yuan: 50)))

    private func publish(_ terms: TariffTerms, _ day: String, _ shop: Shop) async throws(Fault) {
        try await shop.write { tx throws(Fault) in
            let act = try StaffAct(staff: StaffID(trusted: "s1"), roles: [.billing], purpose: "new list")
            let change = PublishItemPricesRequest.Change(item: StandardCatalogue.standard, monthly: Money(yuan: 12), terms: terms)
            _ = try publishItemPrices(
                PublishItemPricesRequest(changes: [change], effectiveFrom: dated(day)), by: act, in: tx, at: shop.start,
                zone: shanghai)
        }
    }

    @Test func aPublishedTariffHoldsFromItsDayAndTheListPriceStaysThePriceOfASecond() async throws {
        try await Shop.open { shop in
            let line = try await shop.customer().line
            try await publish(rich, "2026-11-30", shop)
            let known = try await shop.read { tx throws(Fault) in try tariff(of: line, in: tx, at: shop.start, zone: shanghai) }
            // A call that is dialled today and lasts until the change is rated by both.
            #expect(known.versions.map(\.terms.isFlat) == [true, false])
            #expect(known.versions.last?.from == shanghai.start(of: day("2026-11-30")))
            #expect(known.versions.last?.terms == rich)
            let later = shanghai.start(of: day("2026-12-01"))
            let then = try await shop.read { tx throws(Fault) in
                (
                    try tariff(of: line, in: tx, at: later, zone: shanghai),
                    try price(of: line, kind: .video, in: tx, at: later, zone: shanghai),
                    try catalogueEntry(StandardCatalogue.standard, on: day("2026-12-01"), in: tx, zone: shanghai),
                    try catalogueEntry(StandardCatalogue.standard, on: day("2026-11-29"), in: tx, zone: shanghai)
                )
            }
            #expect(then.0.versions.map(\.terms) == [rich])
            #expect(then.1.perSecond == Money(micros: 5_000))
            #expect(then.2.terms == rich && then.3.terms == nil)
            #expect(then.2.terms?.words.count == 6)
            await #expect(throws: Fault(.pricePublished, "")) { try await publish(rich, "2026-11-30", shop) }
        }
    }

    /// Everything that a list may have wrong, each with the fault that says what and where.
    @Test(arguments: [
        (
            base + [
                window(TariffWindow(weekdays: [1], fromMinute: 600, untilMinute: 700)),
                window(TariffWindow(weekdays: [1], fromMinute: 699)),
            ], Fault.Code.priceOverlap
        ),
        ([base[1], window(TariffWindow(weekdays: [1, 2, 3, 4, 5, 6], onHolidays: true))], .priceGap),
        ([base[1], window(TariffWindow(weekdays: [1, 2, 3, 4, 5, 6, 7], onHolidays: true, fromMinute: 1))], .priceGap),
        ([base[1], window(TariffWindow(weekdays: [1, 2, 3, 4, 5, 6, 7]))], .priceGap),
        ([base[1]], .priceMissing), ([base[0], base[0], base[1]], .priceOverlap),
        (base + [window(TariffWindow(weekdays: [8]))], .impossibleWindow),
        (base + [window(TariffWindow(weekdays: []))], .impossibleWindow),
        (base + [window(TariffWindow(weekdays: [1], fromMinute: 700, untilMinute: 600))], .impossibleWindow),
        (base + [window(TariffWindow(weekdays: [1], untilMinute: 1441))], .impossibleWindow),
        (base + [TariffRate(.offNet, prefix: "+86", perSecond: .zero)], .impossiblePrefix),
        (base + [TariffRate(.offNet, prefix: "1234567890123456", perSecond: .zero)], .impossiblePrefix),
        (base + [TariffRate(.group, perSecond: Money(micros: -1))], .impossiblePrice),
        (base + [TariffRate(.group, perSecond: .zero, connectFee: Money(micros: .max))], .impossiblePrice),
        (base + [TariffRate(.group, perSecond: .zero, firstSeconds: 0)], .impossibleBlock),
        (base + [TariffRate(.group, perSecond: .zero, nextSeconds: 601)], .impossibleBlock),
    ])
    func aListThatCannotBeIsRefused(rates: [TariffRate], code: Fault.Code) async throws {
        try await Shop.open { shop in
            await #expect(throws: Fault(code, "")) { try await publish(TariffTerms(rates: rates), "2026-11-30", shop) }
            let list = try await shop.read { tx throws(Fault) in try prices(of: Plan.standardID, in: tx) }
            #expect(list.count == 2)
        }
    }

    @Test func aGapIsNamedWithItsKindAndTime() async throws {
        try await Shop.open { shop in
            let gap = TariffTerms(rates: [
                base[1],
                window(TariffWindow(weekdays: [1, 2, 3, 4, 5, 6, 7], onHolidays: true, fromMinute: 0, untilMinute: 1439)),
            ])
            do throws(Fault) {
                try await publish(gap, "2026-11-30", shop)
                Issue.record("the list was published")
            } catch { #expect(error.parameters == ["kind": "video", "prefix": "–", "when": "Mon 23:59"]) }
            // Windows that leave no time open need no rate for all other time.
            try await publish(
                TariffTerms(rates: [base[1], window(TariffWindow(weekdays: [1, 2, 3, 4, 5, 6, 7], onHolidays: true))]),
                "2026-11-30", shop)
        }
    }

    @Test func allowancesAndDiscountsHaveLimits() async throws {
        try await Shop.open { shop in
            for seconds in [0, -1, OrdersLimits.allowanceSeconds + 1] {
                await #expect(throws: Fault(.impossibleAllowance, "")) {
                    try await publish(
                        TariffTerms(rates: base, allowances: [FreeAllowance(.video, seconds: seconds)]), "2026-11-30", shop)
                }
            }
            for discount in [
                UsageDiscount(perMille: 0), UsageDiscount(perMille: 1001), UsageDiscount(perMille: 1, above: Money(micros: -1)),
            ] {
                await #expect(throws: Fault(.impossibleDiscount, "")) {
                    try await publish(TariffTerms(rates: base, discount: discount), "2026-11-30", shop)
                }
            }
        }
    }

    @Test func holidaysArePublishedAheadAndOnce() async throws {
        try await Shop.open { shop in
            let line = try await shop.customer().line
            let today = shanghai.date(of: shop.start)
            let newYear = today.adding(days: 10)
            let act = try StaffAct(staff: StaffID(trusted: "s1"), roles: [.billing], purpose: "holidays")
            for expected in [[newYear], []] {
                let new = try await shop.write { tx throws(Fault) in
                    try publishHolidays([newYear], by: act, in: tx, at: shop.start, zone: shanghai)
                }
                #expect(new == expected)
            }
            await #expect(throws: Fault(.priceInThePast, "")) {
                try await shop.write { tx throws(Fault) in
                    try publishHolidays([today], by: act, in: tx, at: shop.start, zone: shanghai)
                }
            }
            await #expect(throws: Fault(.holidayList, "")) {
                try await shop.write { tx throws(Fault) in
                    try publishHolidays([], by: act, in: tx, at: shop.start, zone: shanghai)
                }
            }
            let known = try await shop.read { tx throws(Fault) in try tariff(of: line, in: tx, at: shop.start, zone: shanghai) }
            #expect(known.holidays == [newYear])
        }
    }
}

private func dated(_ text: String) -> BusinessDate { day(text) }
