extension AgreementText {
    static let clauses4to6 = [
        Clause(
            number: 4, title: Wording(zh: "终端与保修", en: "Terminals and warranty"),
            body: Wording(
                zh: """
                    4.1 终端按行业标准以全新或者接近全新的零部件制造。乙方保证终端自安装之日起{warrantyYears}年内（下称“保修期”）无材料和工艺缺陷。运送至甲方途中的损坏属于保修范围。
                    4.2 **下列外部原因造成的损坏不在保修范围内：意外事故、滥用、使用不当、自行打开密闭机壳、电源问题、不按说明使用、未按要求维护、连接非乙方提供的设备或者网络。**
                    4.3 甲方应当在保修期内将故障书面通知乙方技术支持部门，以通知之日为准。乙方选择修理或者更换；更换下的零部件归乙方所有，乙方可以使用全新或者合格的零部件。**修理或者更换不延长保修期。**
                    4.4 **在法律允许的范围内，乙方对终端缺陷的责任以在保修期内修理或者更换为限。**消费者依《消费者权益保护法》等法律享有的退货、更换、修理权利不受影响；缺陷造成人身损害，或者因乙方故意、重大过失造成财产损失的责任不因本条免除。
                    4.5 **未经乙方授权，任何人打开终端的，保修自打开之时起自动终止。**
                    """,
                en: """
                    4.1 Terminals are built to industry standard from new or nearly new parts. For {warrantyYears} year(s) from the day of installation (the “warranty period”) the Provider warrants them free of faults in material and workmanship. Damage on the way to the Customer is covered.
                    4.2 **Not covered is damage by outside causes: accident, abuse, improper use, opening the closed case, power problems, use against the instructions, maintenance not done as required, and connection to equipment or networks that the Provider did not supply.**
                    4.3 The Customer gives technical support written notice of a fault within the warranty period; the day of the notice decides. The Provider chooses repair or replacement, may use new or qualifying parts, and owns the parts replaced. **Repair or replacement does not extend the warranty period.**
                    4.4 **As far as the law allows, the Provider's liability for faults of a Terminal is limited to repair or replacement within the warranty period.** Rights of consumers at law to return, exchange or repair are untouched; nothing here excludes liability for personal injury, or for damage to property caused on purpose or by gross negligence.
                    4.5 **If anybody opens a Terminal without the Provider's authorisation, the warranty ends by itself at that moment.**
                    """)),
        Clause(
            number: 5, title: Wording(zh: "付费与逾期", en: "Payment and late payment"),
            body: Wording(
                zh: """
                    5.1 甲方应当在账单载明的到期日前足额支付服务费用，包括月租费和通信费。
                    5.2 **逾期支付的，甲方除补交欠费外，自到期日次日起按日支付欠费金额 {latePaymentRate}‰ 的违约金。**违约金只按尚欠的服务费用计算，不计复利；部分付款的，自付款之日起按余额计算。
                    5.3 **自到期日起逾期满{monthsUntilSuspension}个月的，乙方可以暂停服务；逾期满{monthsUntilTermination}个月的，乙方可以终止本协议，并追缴欠费和违约金。**每一步之前，乙方应当事先通知甲方；法律、行政法规规定的期限更长的，从其规定。
                    5.4 甲方付清欠费和违约金的，乙方应当立即恢复因欠费暂停的服务。本协议终止不免除甲方已发生的债务。
                    """,
                en: """
                    5.1 The Customer pays the service fees, monthly rent and usage charges, in full by the due date stated on the invoice.
                    5.2 **On late payment the Customer owes, beside the arrears, a penalty of {latePaymentRate}‰ of the arrears for each day from the day after the due date.** The penalty runs on unpaid service fees only, never on penalty; after a part payment it runs on the rest from the day of payment.
                    5.3 **Once an amount has been overdue for {monthsUntilSuspension} month(s) from its due date the Provider may suspend the Service; once for {monthsUntilTermination} month(s) it may terminate this Agreement and pursue arrears and penalty.** The Provider gives notice before each step. Where law or administrative regulation sets a longer time, that time holds.
                    5.4 When arrears and penalty are paid the Provider restores at once a Service suspended for them. Termination releases the Customer from no debt already incurred.
                    """)),
        Clause(
            number: 6, title: Wording(zh: "费用异议", en: "Objections to charges"),
            body: Wording(
                zh: """
                    6.1 甲方对费用有异议的，可以随时提出。乙方应当调查、解释、核实并处理，自收到异议之日起十五日内答复。
                    6.2 有异议的金额在调查期间不计违约金，也不作为暂停或者终止服务的依据；其余无异议的费用应当按期支付。
                    6.3 乙方应当免费提供费用清单，通话记录至少保存五个月；有异议的记录保存至异议解决。多收的费用，乙方应当退还。
                    """,
                en: """
                    6.1 The Customer may object to a charge at any time. The Provider investigates, explains, verifies and deals with the objection, and answers within fifteen days of receiving it.
                    6.2 While it is investigated the disputed amount bears no penalty and is no ground for suspension or termination; whatever is not disputed is paid when due.
                    6.3 The Provider gives itemised lists free of charge, keeps call records for at least five months and disputed ones until the dispute is settled, and returns what was charged in excess.
                    """)),
    ]
}
