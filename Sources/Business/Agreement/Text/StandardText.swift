extension AgreementText {
    /// The project's own wording, which a provider may publish as it is or edit in a draft.
    public static let standard = AgreementText(
        title: Wording(zh: "可视电话视频通信服务协议", en: "Videophone Communication Service Agreement"),
        preamble: Wording(
            zh: """
                {providerName}（下称“乙方”）依法经营可视电话视频通信业务，{customerName}（下称“甲方”）为已具备宽带互联网接入条件的用户。双方遵循平等、自愿、公平和诚信的原则，就乙方经互联网向甲方提供可视电话视频通信服务（下称“本服务”）订立本协议。
                “可视电话视频通信”指双方或多方之间经互联网进行的图像与声音实时通信；“终端”指乙方提供的可视电话设备；“业务公告”指乙方在 {website} 上公开发布的通知；“订单”指甲方办理业务时确认的单据，是本协议的附件。
                **本协议由乙方预先拟定。加粗文字与甲方有重大利害关系，包括免除或者限制责任、加重甲方责任的内容，请甲方特别阅读；甲方对任何条款有疑问的，可在签署前要求乙方说明，乙方应当说明。**
                """,
            en: """
                {providerName} (the “Provider”) lawfully operates a videophone communication service; {customerName} (the “Customer”) has broadband access to the internet. In equality, of their own will, fairly and in good faith, the parties agree as follows on the videophone communication service that the Provider gives the Customer over the internet (the “Service”).
                A “video call” is communication by picture and sound in real time between two or more parties over the internet; a “Terminal” is a videophone device supplied by the Provider; an “Announcement” is a notice that the Provider publishes at {website}; an “Order” is the document that the Customer confirms when applying for a service and is an annex of this Agreement.
                **This Agreement was drafted in advance by the Provider. The words in bold bear heavily on the Customer: they exclude or limit liability or add to the Customer's duties. Please read them with particular care. Whatever is unclear the Provider must explain before signing, when asked.**
                """),
        clauses: clauses1to3 + clauses4to6 + clauses7to11 + clauses12to15 + clauses16to18,
        closing: Wording(
            zh: """
                双方确认：已阅读并理解本协议全部条款，特别是加粗文字；签署出于真实意思；签署所用的电子签名符合《电子签名法》第十三条的要求，或者符合双方在第十七条约定的可靠条件。
                签订地点：{signingPlace}
                """,
            en: """
                Both parties confirm that they have read and understood every clause, the words in bold in particular; that they sign of their own will; and that the electronic signatures meet article 13 of the Electronic Signature Law or the conditions of reliability agreed in clause 17.
                Place of signing: {signingPlace}
                """))
}
