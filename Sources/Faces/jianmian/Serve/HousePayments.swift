import Basics
import Billing
import Foundation

/// The payment providers that the settings name; a demo has one of its own.
enum HousePayments {
    /// The demo's provider, whose pay page this program serves itself.
    static let demoName = "demo"

    static func providers(_ settings: Settings) throws(Fault) -> [any PaymentProvider] {
        var providers: [any PaymentProvider] = []
        if let file = settings.paymentSecretFile {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Fault(.programFile, "\(file) (payment-secret-file) cannot be read")
            }
            providers += try paymentProviders(secretFile: String(decoding: data, as: UTF8.self))
        }
        guard settings.demo, !providers.contains(where: { $0.name == demoName }) else { return providers }
        // Nobody else needs to know it, and after a restart nothing that was signed before is waited for.
        var generator = SystemRandomNumberGenerator()
        let secret = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return providers + [try HMACPaymentProvider(name: demoName, secrets: [secret])]
    }
}
