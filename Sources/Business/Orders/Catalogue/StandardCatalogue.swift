internal import Agreement
public import Basics

/// What a new provider offers. A start, not a law: prices change by publishing others, offers end by withdrawing them.
///
/// VAT by 增值税法 art. 10 and the notes to 财税〔2016〕36号: value-added telecom services 6 %, installing (建筑服务 – 安装服务) 9 %, goods and
/// the lease of movables 13 %.
public enum StandardCatalogue {
    /// The plan that every line without an order is on, too.
    public static let standard = CatalogueItemID(trusted: Plan.standardID.rawValue)
    /// The plan for families.
    public static let family = CatalogueItemID(trusted: "family")
    /// The plan for organisations.
    public static let business = CatalogueItemID(trusted: "business")
    /// The plan of a further line, without calls of its own included.
    public static let extraLine = CatalogueItemID(trusted: "extra-line")
    /// A videophone to own.
    public static let terminalSale = CatalogueItemID(trusted: "terminal-sale")
    /// A videophone to rent.
    public static let terminalRent = CatalogueItemID(trusted: "terminal-rent")
    /// Installing a terminal at the customer's.
    public static let installation = CatalogueItemID(trusted: "installation")
    /// Video messages when a call is missed.
    public static let missedCallMessages = CatalogueItemID(trusted: "missed-call-messages")
    /// Another number for a line.
    public static let numberChange = CatalogueItemID(trusted: "number-change")

    struct Offer {
        let item: CatalogueItem
        let oneOff: Money
        let monthly: Money
        /// Micro-yuan a second of video and of sound; nil for what is not a plan, and for the standard plan, whose prices are there already.
        var perSecond: (video: Int64, audio: Int64)?
    }

    static let offers: [Offer] = plans + terminals + services

    private static let plans = [
        Offer(
            item: item(
                standard, .plan, 60, "标准套餐", "Standard plan", "一个号码，按秒计费，每月 10 元。",
                "One number, charged by the second, ¥10 a month."),
            oneOff: .zero, monthly: Money(yuan: 10)),
        // ¥0.18 and ¥0.06 a minute.
        Offer(
            item: item(
                family, .plan, 60, "家庭套餐", "Family plan", "常打电话的家庭：月租 29 元，通话更便宜。",
                "For families who call often: ¥29 a month, cheaper calls."),
            oneOff: .zero, monthly: Money(yuan: 29), perSecond: (3_000, 1_000)),
        // ¥0.12 and ¥0.06 a minute.
        Offer(
            item: item(
                business, .plan, 60, "企业套餐", "Business plan", "单位使用：月租 99 元，通话费最低。",
                "For organisations: ¥99 a month, the cheapest calls."),
            oneOff: .zero, monthly: Money(yuan: 99), perSecond: (2_000, 1_000)),
        Offer(
            item: item(
                extraLine, .plan, 60, "附加号码", "Extra line", "同一账户再开一个号码，月租 6 元，按秒计费。",
                "A further number on the same account, ¥6 a month, charged by the second."),
            oneOff: .zero, monthly: Money(yuan: 6), perSecond: (5_000, 2_000)),
    ]

    private static let terminals = [
        Offer(
            item: item(
                terminalSale, .terminalSale, 130, "可视电话终端（购买）", "Videophone terminal, to buy", "10 英寸大屏可视电话，归您所有，保修自安装之日起。",
                "A videophone with a large 10-inch screen. It is yours; the warranty runs from the day of installation."),
            oneOff: Money(yuan: 899), monthly: .zero),
        Offer(
            item: item(
                terminalRent, .terminalRent, 130, "可视电话终端（租用）", "Videophone terminal, to rent", "同款终端按月租用，服务终止时退还。",
                "The same terminal, rented by the month and returned when the service ends."),
            oneOff: .zero, monthly: Money(yuan: 25)),
    ]

    private static let services = [
        Offer(
            item: item(
                missedCallMessages, .addOn, 60, "未接来电留言", "Video messages", "未接的来电可以留下视频留言，月租 5 元。",
                "Callers whom you miss can leave a video message, ¥5 a month."),
            oneOff: .zero, monthly: Money(yuan: 5)),
        Offer(
            item: item(
                installation, .service, 90, "上门安装", "Installation at your home", "工程师上门安装终端并教您使用。",
                "A technician installs the terminal and shows you how to use it."),
            oneOff: Money(yuan: 80), monthly: .zero),
        Offer(
            item: item(
                numberChange, .service, 60, "更换号码", "Change of number", "换一个号码，一次性 10 元。",
                "Another number for your line, ¥10 once."),
            oneOff: Money(yuan: 10), monthly: .zero),
    ]

    private static func item(
        _ id: CatalogueItemID, _ kind: CatalogueItem.Kind, _ taxPermille: Int, _ zh: String, _ en: String, _ aboutZH: String,
        _ aboutEN: String
    ) -> CatalogueItem {
        CatalogueItem(
            id: id, kind: kind, name: Wording(zh: zh, en: en), description: Wording(zh: aboutZH, en: aboutEN),
            taxPermille: taxPermille)
    }
}
