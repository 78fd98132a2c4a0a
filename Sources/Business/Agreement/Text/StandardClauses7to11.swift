extension AgreementText {
    static let clauses7to11 = [
        Clause(
            number: 7, title: Wording(zh: "网络调整", en: "Changes of the network"),
            body: Wording(
                zh: """
                    7.1 为提高服务质量，乙方可以对网络或者软件进行扩容、调整、升级，必要时可以更换号码。乙方应当至少提前七十二小时以业务公告或者其他方式通知受影响的甲方；紧急抢修不能提前的，应当说明原因并及时通知。
                    7.2 **依前款通知的，乙方对由此必然造成的服务中断或者号码变更不承担责任**，但法律、行政法规规定应当减免费用的，从其规定。号码变更后，乙方应当在合理期间内以新号码提示呼叫原号码的人。
                    """,
                en: """
                    7.1 To improve quality the Provider may expand, adjust or upgrade the network or software and, where necessary, change numbers. It tells the Customers affected at least seventy-two hours ahead, by Announcement or otherwise; an emergency repair that cannot wait is explained and told without delay.
                    7.2 **After such notice the Provider owes nothing for the interruption or change of number that is unavoidable in it**, save where law or administrative regulation requires a reduction of fees. For a reasonable time after a change of number, callers of the old number are told the new one.
                    """)),
        Clause(
            number: 8, title: Wording(zh: "软件自动升级", en: "Automatic upgrades"),
            body: Wording(
                zh: """
                    8.1 **软件有新版本时，乙方可以对甲方使用的软件和终端自动升级，甲方同意该升级。**
                    8.2 升级包应当经乙方签名并由终端核验，在终端空闲时安装，不得中断正在进行的通话；升级失败的，应当能够恢复原版本。
                    8.3 升级不得减少甲方已订购的功能，不得扩大个人信息的收集范围；确需变更的，依第十五条办理。
                    """,
                en: """
                    8.1 **When a new version exists the Provider may upgrade the software and Terminals that the Customer uses automatically; the Customer agrees.**
                    8.2 Upgrades are signed by the Provider and verified by the Terminal, are installed while it is idle and break no call; where one fails the former version can be restored.
                    8.3 An upgrade takes away no function that the Customer ordered and widens no collection of personal data; where that is necessary clause 15 applies.
                    """)),
        Clause(
            number: 9, title: Wording(zh: "信用额", en: "Credit limit"),
            body: Wording(
                zh: """
                    9.1 甲方应当将通信费控制在其支付能力之内，并可以选择每月信用额。
                    9.2 **当月通信费超过甲方所选信用额的，乙方可以暂停部分或者全部服务，直至甲方付清已发生的费用。**乙方应当在接近信用额时提醒甲方；甲方付费后，乙方应当立即恢复服务。
                    9.3 拨打紧急号码不受信用额和任何暂停的限制，且免费。
                    """,
                en: """
                    9.1 The Customer keeps usage charges within what it can bear and may choose a credit limit for each month.
                    9.2 **When a month's usage charges pass the chosen credit limit, the Provider may suspend part or all of the Service until the charges incurred are paid.** It warns the Customer as the limit comes near and restores the Service at once after payment.
                    9.3 Calls to emergency numbers are free and are held back by no limit and no suspension.
                    """)),
        Clause(
            number: 10, title: Wording(zh: "通信自由与通信秘密", en: "Freedom and secrecy of communication"),
            body: Wording(
                zh: """
                    10.1 甲方的通信自由和通信秘密受法律保护。除公安机关、国家安全机关或者检察机关依照法律程序检查外，任何组织或者个人不得检查甲方的通信内容。
                    10.2 有关机关因国家安全或者追查刑事犯罪的需要，依法要求乙方暂停服务的，乙方可以依法暂停。**因此暂停期间，月租费照常计收。**
                    10.3 乙方应当核实上述要求的机关、文号、法律依据、范围与期限，并经两人办理和留存记录；期限届满或者要求撤销的，应当立即恢复服务。
                    """,
                en: """
                    10.1 The freedom and secrecy of the Customer's communication are protected by law. Nobody inspects its content but the police, the organs of state security or the procurators, by the procedure of the law.
                    10.2 Where such an organ, for national security or criminal investigation, lawfully requires the Provider to suspend the Service, the Provider may do so by law. **During that suspension the monthly rent goes on as usual.**
                    10.3 The Provider checks the authority, document number, legal basis, scope and dates of the requirement, has two persons deal with it and keeps a record; when it expires or is withdrawn the Service is restored at once.
                    """)),
        Clause(
            number: 11, title: Wording(zh: "客户终止服务", en: "Ending by the Customer"),
            body: Wording(
                zh: """
                    11.1 甲方可以随时申请终止服务。**甲方结清全部费用（包括违约金）后，本协议终止。**
                    11.2 乙方应当及时出具最终账单，并退还甲方的预付余额；租用的终端应当归还。
                    11.3 号码自终止之日起至少九十日后方可重新分配。结算、通信秘密、个人信息保护和争议解决条款在终止后继续有效。
                    """,
                en: """
                    11.1 The Customer may ask to end the Service at any time. **This Agreement ends when all fees, penalty included, are settled.**
                    11.2 The Provider issues the final invoice without delay and returns what was paid in advance; rented Terminals are given back.
                    11.3 The number rests for at least ninety days before it is given to somebody else. What is agreed on settlement, secrecy, personal data and disputes outlives the end.
                    """)),
    ]
}
