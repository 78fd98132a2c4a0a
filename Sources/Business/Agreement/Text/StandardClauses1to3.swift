extension AgreementText {
    static let clauses1to3 = [
        Clause(
            number: 1, title: Wording(zh: "客户资料与个人信息", en: "The Customer's data"),
            body: Wording(
                zh: """
                    1.1 甲方应当提供真实、准确、完整的资料：姓名（单位为全称）、出生日期、地址及邮政编码、有效证件类型与号码、工作单位、联系电话；资料变更的，应当及时告知乙方。甲方未满十八周岁的，由监护人同意并提供监护人资料。
                    1.2 资料不实或者不足以核实身份的，乙方可以要求甲方在合理期限内提交有效证件复印件（单位为营业执照复印件）。**甲方逾期未提交，或者资料经核实为虚假的，乙方可以停止提供服务，并依法处理。**乙方停止服务时，应当告知原因、补救办法和申诉渠道；原因消除的，应当立即恢复。
                    1.3 乙方收集和使用甲方资料仅限于提供本服务和履行法定义务，遵循合法、正当、必要和诚信的原则，采取加密等安全措施，并留存每一次查阅的记录供甲方查询。未经甲方授权，乙方不得向任何第三方披露甲方资料，法律另有规定的除外。
                    1.4 甲方可以查阅、复制、更正其资料，可以撤回同意。服务终止后，乙方仅在法律规定的期限内保存资料，期满即删除或者匿名化。
                    """,
                en: """
                    1.1 The Customer gives true, accurate and complete data: name (an organisation: its full name), date of birth, address with postcode, kind and number of a valid identity document, employer and phone number, and tells the Provider of changes without delay. For a Customer under eighteen a guardian consents and gives the guardian's data.
                    1.2 Where the data are false or too thin to establish the identity, the Provider may ask for a copy of the identity document (an organisation: of its business licence) within a reasonable time. **If the copy does not come in time, or the data prove false, the Provider may stop the Service and take the steps that the law allows.** On stopping it the Provider states the reason, the remedy and the way of appeal; once the reason is gone it restores the Service at once.
                    1.3 The Provider collects and uses the data only to give the Service and to fulfil its duties at law, lawfully, properly, no more than necessary and in good faith; it protects them by encryption and other means and keeps a record of every access, which the Customer can see. Without the Customer's authorisation it discloses the data to no third party, unless the law provides otherwise.
                    1.4 The Customer may see, copy and correct the data and may withdraw consent. After the end of the Service the Provider keeps the data only as long as the law prescribes and then erases or anonymises them.
                    """)),
        Clause(
            number: 2, title: Wording(zh: "业务、资费与附件", en: "Services, prices and annexes"),
            body: Wording(
                zh: """
                    2.1 本服务的业务种类、资费标准和计费规则以乙方在 {website} 公布的为准；资费标注生效日期，已确认订单按订单所载资费执行，直至双方变更订单或者新资费依第十五条对甲方生效。
                    2.2 甲方办理业务时确认的订单及其他单据是本协议的附件，与本协议具有同等效力。甲方在确认前可以更正订单；确认后订单编号保存，不得单方改动。
                    2.3 附件与正文不一致的，双方另行商定的内容优先；附件不得减损法律规定的甲方权利。
                    """,
                en: """
                    2.1 The services, their prices and the rules of charging are those published by the Provider at {website}. Every price names the day from which it holds. A confirmed Order stays on the prices it states until the parties change the Order or a new price binds the Customer under clause 15.
                    2.2 Orders and other documents that the Customer confirms when applying for a service are annexes of this Agreement and have the same force. The Customer may correct an Order before confirming it; once confirmed it is numbered, kept and changed by neither party alone.
                    2.3 Where an annex and this text differ, what the parties agreed individually prevails. No annex takes away a right that the law gives the Customer.
                    """)),
        Clause(
            number: 3, title: Wording(zh: "合法使用与软件许可", en: "Lawful use and software licence"),
            body: Wording(
                zh: """
                    3.1 甲方应当依法使用本服务，不得利用本服务从事违法犯罪活动、侵害他人权益，不得出租、出借、转让号码用于违法用途。
                    3.2 乙方提供的软件仅许可甲方为接受本服务而使用。**未经乙方书面同意，甲方不得修改、分析、反向工程、复制或者再分发该软件**，法律允许的除外；不得仿冒终端身份或者使用未经签名的软件版本接入。
                    3.3 **甲方违反本条的，乙方可以限制或者停止服务。**乙方应当同时告知原因与申诉渠道，并在查明不属实或者甲方改正后立即恢复。
                    """,
                en: """
                    3.1 The Customer uses the Service lawfully: not for crime or other unlawful acts, not to the harm of others; a number is not let, lent or passed on for unlawful use.
                    3.2 The software that the Provider supplies is licensed to the Customer only for receiving the Service. **Without the Provider's written consent the Customer does not change, analyse, reverse-engineer, copy or redistribute it**, except as the law allows, does not imitate the identity of a Terminal, and does not connect with software that bears no valid signature.
                    3.3 **If the Customer breaks this clause the Provider may restrict or stop the Service.** It states the reason and the way of appeal at the same time and restores the Service at once when the report proves unfounded or the Customer has put things right.
                    """)),
    ]
}
