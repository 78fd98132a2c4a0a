extension AgreementText {
    static let clauses12to15 = [
        Clause(
            number: 12, title: Wording(zh: "互联网质量", en: "Quality of the internet"),
            body: Wording(
                zh: """
                    12.1 本服务依托互联网。**因互联网原因造成的接通失败、掉线、声音或者图像不稳定，乙方不承担责任。**
                    12.2 乙方应当对每次通话留存双向质量证据，判明问题出在甲方接入网络、互联网、对方还是乙方，并向甲方出示同一结论。问题出在乙方的，不适用前款。
                    """,
                en: """
                    12.1 The Service rides on the internet. **The Provider is not liable for failed connection, drops or unstable sound and picture that the internet causes.**
                    12.2 The Provider keeps measured evidence of every call in both directions, establishes whether the trouble lay with the Customer's access network, the internet, the other side or the Provider, and shows the Customer the same verdict. The foregoing does not apply where it lay with the Provider.
                    """)),
        Clause(
            number: 13, title: Wording(zh: "责任限制", en: "Limits of liability"),
            body: Wording(
                zh: """
                    13.1 **乙方对其他运营者或者第三方的行为不承担责任；连续中断不足二十四小时的，乙方不承担责任。**
                    13.2 **因乙方原因连续中断达到或者超过二十四小时的，乙方的责任以甲方受影响期间的服务费用为限；乙方不承担附带的、惩罚性的或者间接的损失。**乙方应当主动将应退费用记入甲方账户。
                    13.3 本条不免除乙方造成对方人身损害，或者因故意、重大过失造成对方财产损失的责任，也不限制法律、行政法规规定的最低补偿。
                    """,
                en: """
                    13.1 **The Provider is not responsible for acts of other providers or third parties, nor for interruptions shorter than twenty-four continuous hours.**
                    13.2 **For an interruption of twenty-four continuous hours or more of the Provider's own making its liability is limited to the service fee for the time in which the Customer was affected; it owes no incidental, punitive or consequential damages.** The Provider credits that fee to the Customer of its own accord.
                    13.3 Nothing here excludes liability for personal injury, or for damage to property caused on purpose or by gross negligence, or limits a minimum that law or administrative regulation prescribes.
                    """)),
        Clause(
            number: 14, title: Wording(zh: "不可抗力", en: "Force majeure"),
            body: Wording(
                zh: """
                    14.1 **因地震、洪水、战争、骚乱等不能预见、不能避免且不能克服的客观情况，或者因政府行为不能履行本协议的，根据其影响部分或者全部免除双方责任。**
                    14.2 受影响的一方应当及时通知对方，采取合理措施减轻损失；受影响期间，期限停止计算，违约金停止计收。
                    """,
                en: """
                    14.1 **Earthquake, flood, war, riot and other events that can be neither foreseen nor avoided nor overcome, and acts of government, excuse both parties to the extent that they prevent performance.**
                    14.2 The party affected tells the other without delay and takes reasonable steps to keep the loss small; while it lasts time limits stand still and no penalty accrues.
                    """)),
        Clause(
            number: 15, title: Wording(zh: "协议变更", en: "Changes of the Agreement"),
            body: Wording(
                zh: """
                    15.1 乙方变更本协议的，应当以业务公告发布新版本及其与原版本的差异，并逐一通知甲方。
                    15.2 甲方不同意变更的，应当自发布之日起{objectionMonths}个月内提出异议，与乙方协商；协商期间原条款继续有效。**甲方在上述期限内未提出异议的，视为知悉并同意变更，新版本自期限届满次日起对甲方生效。**
                    15.3 期限按月计算，届满月没有对应日的，以该月末日为届满日；以乙方所在地时间为准，届满日当日提出的异议有效。
                    15.4 协商结果为下列之一：接受新版本、继续适用原条款、依第十一条终止本协议。甲方因不同意变更而终止的，不承担违约责任。
                    """,
                en: """
                    15.1 When the Provider changes this Agreement it publishes the new version and how it differs from the former one by Announcement and notifies every Customer.
                    15.2 A Customer who does not agree objects within {objectionMonths} month(s) of publication and negotiates with the Provider; meanwhile the former terms stay in force. **A Customer who does not object within that time counts as knowing and agreeing to the change; the new version then binds the Customer from the day after the time has run out.**
                    15.3 The time is counted by months; where the last month has no such day it ends on the last day of that month. The Provider's local time applies; an objection made on the last day is in time.
                    15.4 Negotiation ends in one of three ways: the Customer accepts the new version, the former terms stay, or this Agreement ends under clause 11. A Customer who leaves for not agreeing to a change is not in breach.
                    """)),
    ]
}
