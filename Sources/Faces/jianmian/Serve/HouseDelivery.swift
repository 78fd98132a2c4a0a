import Basics
import Foundation
import Notices
import Web

/// The way by which notices leave the house: the gateway of the settings, or none.
enum HouseDelivery {
    static func make(_ settings: Settings) throws(Fault) -> (any NoticeDelivery)? {
        guard let url = settings.webhook else { return nil }
        guard let file = settings.webhookSecretFile, let data = FileManager.default.contents(atPath: file) else {
            throw Fault(.setting, "webhook needs the file with its secret: name it with --webhook-secret-file")
        }
        let secret = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        let texts = NoticeTexts(resources: settings.resources)
        return try WebhookDelivery(url: url, secret: secret, sender: OutgoingHTTP()) { texts.words(for: $0) }
    }
}
