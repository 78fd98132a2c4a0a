import ArgumentParser

/// One setting: its name is the flag `--name`, the variable `JIANMIAN_NAME` and the key in the configuration file.
struct Setting: Sendable {
    enum Fallback: Sendable {
        case text(String)
        case number(Int)
        case no
    }

    let name: String
    let fallback: Fallback
    let meaning: String

    var variable: String { "JIANMIAN_" + name.uppercased().replacing("-", with: "_") }
    var help: ArgumentHelp { ArgumentHelp(stringLiteral: meaning) }

    init(_ name: String, _ fallback: Fallback, _ meaning: String) {
        self.name = name
        self.fallback = fallback
        self.meaning = meaning
    }
}

// The one table of settings; docs/operating.md shows it, and a test compares the two.
extension Setting {
    static let all = [
        data, database, keys, sealPassphraseFile, host, port, publicURL, tlsCertificate, tlsKey,
        tlsSelfSigned, behindProxy, demo,
        mediaHost,
        mediaAddresses,
        mediaPort, mediaWorkers, numbers, timeZone, logLevel, logFormat, shutdownSeconds, documentsPython, webhook,
        webhookSecretFile, paymentSecretFile, resources,
    ]

    static let data = Setting("data", .text("data"), "Folder of the database and the keys; made when it is not there.")
    static let database = Setting(
        "database", .text(""), "`sqlite:FILE` or `postgresql://user@host/name`; empty is `jianmian.sqlite` in the data folder.")
    static let keys = Setting(
        "keys", .text(""),
        "Folder of the keys that seal personal data and sign for the provider; empty is the data folder. Keep a copy apart from the database's."
    )
    static let sealPassphraseFile = Setting(
        "seal-passphrase-file", .text(""),
        "File with the passphrase of the provider's seal; empty is `seal.passphrase` in the folder of keys, made at the first start."
    )
    static let host = Setting("host", .text("127.0.0.1"), "Address to listen on for pages, API and signalling; 0.0.0.0 for all.")
    static let port = Setting("port", .number(8080), "TCP port; 0 takes any free one.")
    static let publicURL = Setting(
        "public-url", .text(""),
        "The address that customers use, such as https://tel.example.cn; makes cookies TLS-only when it is https.")
    static let tlsCertificate = Setting(
        "tls-certificate", .text(""), "File with the certificate chain in PEM; serves HTTPS with tls-key.")
    static let tlsKey = Setting("tls-key", .text(""), "File with the private key in PEM.")
    static let tlsSelfSigned = Setting(
        "tls-self-signed", .no,
        "Serve HTTPS with a certificate made here and kept in the data folder, to try from another machine.")
    static let behindProxy = Setting("behind-proxy", .no, "Believe X-Forwarded-For, because a trusted proxy in front sets it.")
    static let demo = Setting("demo", .no, "A demo provider: four customers, past calls, and a clock that can be moved.")
    static let mediaHost = Setting("media-host", .text("0.0.0.0"), "Address to bind for media (UDP).")
    static let mediaAddresses = Setting(
        "media-addresses", .text(""), "Addresses told to callers for media, separated by commas; empty is those of this machine.")
    static let mediaPort = Setting(
        "media-port", .number(0), "First UDP port for media, one per worker from there; 0 takes free ones.")
    static let mediaWorkers = Setting("media-workers", .number(0), "Media threads; 0 is one per core.")
    static let numbers = Setting("numbers", .text("60000000-60099999"), "The range of numbers that customers choose from.")
    static let timeZone = Setting("time-zone", .text("Asia/Shanghai"), "The zone of business days and months.")
    static let logLevel = Setting("log-level", .text("info"), "trace, debug, info, notice, warning, error or critical.")
    static let logFormat = Setting("log-format", .text("text"), "text (logfmt) or json, one entry a line on standard error.")
    static let shutdownSeconds = Setting("shutdown-seconds", .number(15), "The longest that a graceful shutdown may take.")
    static let documentsPython = Setting(
        "documents-python", .text(".documents/bin/python"),
        "Python with what makes PDF files, as scripts/documents.sh installs it; without it everything else runs.")
    static let webhook = Setting(
        "webhook", .text(""),
        "Address of the gateway that sends notices and codes on (SMS, mail), https://…; empty leaves them in the customers' boxes."
    )
    static let webhookSecretFile = Setting(
        "webhook-secret-file", .text(""), "File with the secret that signs what is posted to the webhook: `whsec_` and base64.")
    static let paymentSecretFile = Setting(
        "payment-secret-file", .text(""),
        "File with the secrets of payment providers, one a line: a name, a space, `whsec_` and base64; see docs/payment-providers.md."
    )
    static let resources = Setting(
        "resources", .text(""), "Folder with Pages, Assets and Words read anew at every request, for those who write pages.")

    /// The table as Markdown.
    static var markdown: String {
        let head = "| flag | variable | default | meaning |\n|---|---|---|---|\n"
        return all.reduce(head) { text, setting in
            let fallback =
                switch setting.fallback {
                case .text(let text): text.isEmpty ? "" : "`\(text)`"
                case .number(let number): "`\(number)`"
                case .no: "off"
                }
            return text + "| `--\(setting.name)` | `\(setting.variable)` | \(fallback) | \(setting.meaning) |\n"
        }
    }
}
