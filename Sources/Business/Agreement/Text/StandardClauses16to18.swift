extension AgreementText {
    static let clauses16to18 = [
        Clause(
            number: 16, title: Wording(zh: "争议解决", en: "Settling disputes"),
            body: Wording(
                zh: """
                    16.1 本协议保护双方的合法权益。本协议未尽事宜及由本协议引起的争议，双方协商解决；**协商不成或者不愿协商的，任何一方均可以直接提交{arbitrationCommission}按其现行仲裁规则仲裁，裁决是终局的，对双方有约束力。**
                    16.2 乙方应当应甲方请求提供完整案卷，包括协议、附件、各版本、账单、通知、通话证据和可离线验证的操作日志。
                    16.3 甲方依法向电信主管部门申诉的权利不受影响。
                    """,
                en: """
                    16.1 This Agreement protects the lawful rights of both. What it leaves open and disputes arising from it the parties negotiate; **where that fails or is not wanted, either may go straight to {arbitrationCommission} for arbitration under its rules then in force. The award is final and binds both.**
                    16.2 On request the Provider gives the Customer the complete case file: the agreement, annexes, versions, invoices, notices, call evidence and the journal, verifiable offline.
                    16.3 The Customer's right to appeal to the telecommunications authorities is untouched.
                    """)),
        Clause(
            number: 17, title: Wording(zh: "签署与生效", en: "Signing and force"),
            body: Wording(
                zh: """
                    17.1 本协议自双方均签字或者盖章之日起生效，以后一签署之时为准；仅一方签署的，不生效。
                    17.2 双方以电子签名签署。双方约定下列条件为可靠：签名数据由签署人专有并由其控制；签名覆盖本协议文件的哈希值；签署后对签名或者文件的任何改动能够被发现。双方的签名、文件与附件的指纹任何人均可在 {website} 验证。
                    17.3 本协议正本一式两份，双方各执一份，具有同等效力。本协议以中文订立，英文为译文；两者不一致的，以中文为准。
                    """,
                en: """
                    17.1 This Agreement is in force from the moment at which both have signed or sealed it, that is, from the later signature; signed by one party alone it is not in force.
                    17.2 The parties sign electronically. They agree that a signature is reliable when its key belongs to the signer alone and is controlled by the signer, when it covers the hash of this document, and when every later change of the signature or the document can be detected. Anybody can verify both signatures and the fingerprint of document and annexes at {website}.
                    17.3 There are two originals of equal force, one for each party. This Agreement is made in Chinese; the English is a translation, and where they differ the Chinese prevails.
                    """)),
        Clause(
            number: 18, title: Wording(zh: "解释", en: "Interpretation"),
            body: Wording(
                zh: """
                    18.1 **本协议的最终解释权归乙方。**乙方的解释应当按条发布并注明日期，仅自发布之日起适用。
                    18.2 前款不排除法律关于格式条款的规定：对格式条款有两种以上解释的，作出不利于提供格式条款一方的解释；格式条款与非格式条款不一致的，采用非格式条款。
                    """,
                en: """
                    18.1 **Final interpretation of this Agreement rests with the Provider.** It publishes interpretations clause by clause with their dates; they apply from then on only.
                    18.2 The law on standard terms is not set aside: a standard term with more than one meaning is read against the party that supplied it, and a term agreed individually prevails over a standard one.
                    """)),
    ]
}
