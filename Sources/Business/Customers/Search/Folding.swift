internal import Foundation

/// A name as it is searched: case, width and accents do not count.
func foldedText(_ text: String) -> String {
    text.folding(options: [.caseInsensitive, .widthInsensitive, .diacriticInsensitive], locale: nil)
}

/// The same as bytes, which both engines order alike.
func folded(_ text: String) -> [UInt8] { Array(foldedText(text).utf8) }
