import ArgumentParser
import Configuration

/// The settings as flags. What is not given comes from the environment, then from the configuration file, then from the table.
struct SettingFlags: ParsableArguments {
    @Option(help: "Configuration file in JSON, keys as in the table of settings (JIANMIAN_CONFIG).") var config: String?
    @Option(help: Setting.data.help) var data: String?
    @Option(help: Setting.database.help) var database: String?
    @Option(help: Setting.keys.help) var keys: String?
    @Option(name: .customLong("seal-passphrase-file"), help: Setting.sealPassphraseFile.help) var sealPassphraseFile: String?
    @Option(help: Setting.host.help) var host: String?
    @Option(help: Setting.port.help) var port: Int?
    @Option(name: .customLong("public-url"), help: Setting.publicURL.help) var publicURL: String?
    @Option(help: Setting.tlsCertificate.help) var tlsCertificate: String?
    @Option(help: Setting.tlsKey.help) var tlsKey: String?
    @Flag(help: Setting.tlsSelfSigned.help) var tlsSelfSigned = false
    @Flag(help: Setting.behindProxy.help) var behindProxy = false
    @Flag(help: Setting.demo.help) var demo = false
    @Option(help: Setting.mediaHost.help) var mediaHost: String?
    @Option(help: Setting.mediaAddresses.help) var mediaAddresses: String?
    @Option(help: Setting.mediaPort.help) var mediaPort: Int?
    @Option(help: Setting.mediaWorkers.help) var mediaWorkers: Int?
    @Option(help: Setting.numbers.help) var numbers: String?
    @Option(help: Setting.timeZone.help) var timeZone: String?
    @Option(help: Setting.logLevel.help) var logLevel: String?
    @Option(help: Setting.logFormat.help) var logFormat: String?
    @Option(help: Setting.shutdownSeconds.help) var shutdownSeconds: Int?
    @Option(name: .customLong("documents-python"), help: Setting.documentsPython.help) var documentsPython: String?
    @Option(help: Setting.webhook.help) var webhook: String?
    @Option(name: .customLong("webhook-secret-file"), help: Setting.webhookSecretFile.help) var webhookSecretFile: String?
    @Option(name: .customLong("payment-secret-file"), help: Setting.paymentSecretFile.help) var paymentSecretFile: String?
    @Option(help: Setting.resources.help) var resources: String?

    /// What was given on the command line.
    var given: [AbsoluteConfigKey: ConfigValue] {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        func put(_ setting: Setting, _ value: ConfigValue?) { values[AbsoluteConfigKey([setting.name])] = value }
        func put(_ setting: Setting, _ text: String?) { put(setting, text.map { ConfigValue(.string($0), isSecret: false) }) }
        func put(_ setting: Setting, _ number: Int?) { put(setting, number.map { ConfigValue(.int($0), isSecret: false) }) }
        func put(_ setting: Setting, _ flag: Bool) { put(setting, flag ? ConfigValue(.bool(true), isSecret: false) : nil) }
        put(.data, data)
        put(.database, database)
        put(.keys, keys)
        put(.sealPassphraseFile, sealPassphraseFile)
        put(.host, host)
        put(.port, port)
        put(.publicURL, publicURL)
        put(.tlsCertificate, tlsCertificate)
        put(.tlsKey, tlsKey)
        put(.tlsSelfSigned, tlsSelfSigned)
        put(.behindProxy, behindProxy)
        put(.demo, demo)
        put(.mediaHost, mediaHost)
        put(.mediaAddresses, mediaAddresses)
        put(.mediaPort, mediaPort)
        put(.mediaWorkers, mediaWorkers)
        put(.numbers, numbers)
        put(.timeZone, timeZone)
        put(.logLevel, logLevel)
        put(.logFormat, logFormat)
        put(.shutdownSeconds, shutdownSeconds)
        put(.documentsPython, documentsPython)
        put(.webhook, webhook)
        put(.webhookSecretFile, webhookSecretFile)
        put(.paymentSecretFile, paymentSecretFile)
        put(.resources, resources)
        return values
    }
}
