public import Agreement
internal import Basics

extension TariffTerms {
    /// What using the plan costs beyond a price of a minute, in plain words, a sentence each; empty where there is nothing to say.
    public var words: [Wording] {
        guard !isFlat else { return [] }
        return rates.map(words) + allowances.map(words) + (discount.map { [words($0)] } ?? [])
    }

    private func words(_ rate: TariffRate) -> Wording {
        let kind = kindWords(rate.kind)
        let price = (rate.perSecond * 60).exactlyFormatted
        var (zh, en) = ("\(kind.zh)每分钟 \(price)", "\(kind.en): \(price) a minute")
        if !rate.prefix.isEmpty {
            zh = "拨打 \(rate.prefix) 开头的号码，" + zh
            en += ", numbers that begin with \(rate.prefix)"
        }
        if let window = rate.window {
            zh += "，时段：\(windowWords(window).zh)"
            en += ", \(windowWords(window).en)"
        }
        if rate.firstSeconds > 1 || rate.nextSeconds > 1 {
            zh += "，前 \(rate.firstSeconds) 秒起、之后每 \(rate.nextSeconds) 秒计费，不足一段按一段计"
            en += ", charged in blocks of \(rate.firstSeconds), then \(rate.nextSeconds) seconds"
        }
        if rate.connectFee > .zero {
            zh += "，每次接通另收 \(rate.connectFee.exactlyFormatted)"
            en += ", \(rate.connectFee.exactlyFormatted) for each answered call"
        }
        return Wording(zh: zh + "。", en: en + ".")
    }

    private func words(_ allowance: FreeAllowance) -> Wording {
        let kind = kindWords(allowance.kind)
        let minutes = allowance.seconds / 60
        guard allowance.seconds % 60 == 0 else {
            return Wording(
                zh: "每月免费\(kind.zh) \(allowance.seconds) 秒。", en: "\(allowance.seconds) seconds free each month, \(kind.en).")
        }
        return Wording(zh: "每月免费\(kind.zh) \(minutes) 分钟。", en: "\(minutes) minutes free each month, \(kind.en).")
    }

    private func words(_ discount: UsageDiscount) -> Wording {
        let percent =
            discount.perMille % 10 == 0 ? "\(discount.perMille / 10)" : "\(discount.perMille / 10).\(discount.perMille % 10)"
        guard discount.above > .zero else {
            return Wording(zh: "通信费优惠 \(percent)%。", en: "\(percent)% off all usage charges.")
        }
        return Wording(
            zh: "每月通信费满 \(discount.above.formatted) 以后优惠 \(percent)%。",
            en: "\(percent)% off usage charges once they reach \(discount.above.formatted) in a month.")
    }

    private func kindWords(_ kind: UsageKind) -> (zh: String, en: String) {
        switch kind {
        case .video: ("视频通话", "video calls")
        case .audio: ("语音通话", "sound calls")
        case .group: ("多方通话（每位参加者）", "group calls, each participant")
        case .offNet: ("拨打其他网络", "calls to other networks")
        }
    }

    private func windowWords(_ window: TariffWindow) -> (zh: String, en: String) {
        let zhDays = ["一", "二", "三", "四", "五", "六", "日"]
        let enDays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let known = window.weekdays.filter((1...7).contains)
        let zh = known.isEmpty ? [] : ["周" + known.map { zhDays[$0 - 1] }.joined(separator: "、")]
        let en = known.map { enDays[$0 - 1] }
        let hours = "\(clock(window.fromMinute))–\(clock(window.untilMinute))"
        return (
            (zh + (window.onHolidays ? ["节假日"] : [])).joined(separator: "和") + " " + hours,
            (en + (window.onHolidays ? ["holidays"] : [])).joined(separator: ", ") + " " + hours
        )
    }

    private func clock(_ minute: Int) -> String {
        "\(minute / 60 < 10 ? "0" : "")\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
    }
}
