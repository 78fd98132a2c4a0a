/// What counts as one thing when two texts are compared.
enum DifferenceUnit {
    /// A character; digits and Latin letters that stand together are one.
    case character
    /// A word, or what stands between two words.
    case word
}

/// The shortest way from one text to the other (Myers' algorithm) as runs, readable: a single unit that happens to be equal between two
/// changes counts as changed. Texts with too many differences are shown as replaced as a whole.
func differences(_ old: String, _ new: String, by unit: DifferenceUnit) -> [DifferenceRun] {
    let (a, b) = (units(old, unit), units(new, unit))
    let prefix = zip(a, b).prefix { $0 == $1 }.count
    let suffix = zip(a[prefix...].reversed(), b[prefix...].reversed()).prefix { $0 == $1 }.count
    let middle = (Array(a[prefix..<a.count - suffix]), Array(b[prefix..<b.count - suffix]))
    var steps = a[..<prefix].map { Step(kind: .same, unit: $0) }
    steps += script(middle.0, middle.1)
    steps += a[(a.count - suffix)...].map { Step(kind: .same, unit: $0) }
    return runs(readable(steps))
}

private struct Step {
    var kind: DifferenceRun.Kind
    var unit: Substring
}

private func units(_ text: String, _ unit: DifferenceUnit) -> [Substring] {
    var units: [Substring] = []
    var index = text.startIndex
    while index < text.endIndex {
        let start = index
        let isJoined = joins(text[index], unit)
        repeat { index = text.index(after: index) } while isJoined && index < text.endIndex && joins(text[index], unit)
        units.append(text[start..<index])
    }
    return units
}

private func joins(_ character: Character, _ unit: DifferenceUnit) -> Bool {
    switch unit {
    case .character: character.isASCII && (character.isLetter || character.isNumber)
    case .word: character.isLetter || character.isNumber
    }
}

/// Myers (1986), "An O(ND) difference algorithm and its variations": the furthest point of every diagonal for each number of differences.
private func script(_ a: [Substring], _ b: [Substring]) -> [Step] {
    let replaced = a.map { Step(kind: .removed, unit: $0) } + b.map { Step(kind: .added, unit: $0) }
    guard !a.isEmpty, !b.isEmpty else { return replaced }
    // Small integers compare faster than texts.
    var numbers: [Substring: Int] = [:]
    func numbered(_ units: [Substring]) -> [Int] {
        units.map { unit in
            if let number = numbers[unit] { return number }
            numbers[unit] = numbers.count
            return numbers.count - 1
        }
    }
    let (x, y) = (numbered(a), numbered(b))
    var trace: [[Int]] = []
    var reach = [0]
    for count in 0...min(a.count + b.count, AgreementLimits.differences) {
        // `reach[d + count]` is how far one gets in `a` on diagonal d = position in a − position in b, with `count` differences.
        var next = [Int](repeating: -1, count: 2 * count + 1)
        for diagonal in stride(from: -count, through: count, by: 2) {
            var i = count == 0 ? 0 : start(reach, count - 1, diagonal)
            while i < x.count, i - diagonal < y.count, i - diagonal >= 0, x[i] == y[i - diagonal] { i += 1 }
            next[diagonal + count] = i
            if i >= x.count, i - diagonal >= y.count { return walk(back: trace, count, a, b) }
        }
        trace.append(next)
        reach = next
    }
    return replaced
}

/// Where a diagonal begins with one difference more: from the one above by an addition or from the one below by a removal.
private func start(_ reach: [Int], _ count: Int, _ diagonal: Int) -> Int {
    func at(_ d: Int) -> Int { abs(d) <= count ? reach[d + count] : -1 }
    return max(at(diagonal + 1), at(diagonal - 1) + (abs(diagonal - 1) <= count ? 1 : 0))
}

private func walk(back trace: [[Int]], _ differences: Int, _ a: [Substring], _ b: [Substring]) -> [Step] {
    var steps: [Step] = []
    var (i, j) = (a.count, b.count)
    for count in stride(from: differences, to: 0, by: -1) {
        let diagonal = i - j
        let reach = trace[count - 1]
        let begun = start(reach, count - 1, diagonal)
        while i > begun {
            i -= 1
            j -= 1
            steps.append(Step(kind: .same, unit: a[i]))
        }
        let above = abs(diagonal + 1) <= count - 1 ? reach[diagonal + count] : -1
        if above == begun {
            j -= 1
            steps.append(Step(kind: .added, unit: b[j]))
        } else {
            i -= 1
            steps.append(Step(kind: .removed, unit: a[i]))
        }
    }
    while i > 0 {
        i -= 1
        steps.append(Step(kind: .same, unit: a[i]))
    }
    return steps.reversed()
}

/// One equal unit between two changes is changed with them, unless it ends a line.
private func readable(_ steps: [Step]) -> [Step] {
    var result: [Step] = []
    for (index, step) in steps.enumerated() {
        let isAlone =
            step.kind == .same && index > 0 && index + 1 < steps.count && steps[index - 1].kind != .same
            && steps[index + 1].kind != .same && step.unit != "\n"
        if isAlone {
            result.append(Step(kind: .removed, unit: step.unit))
            result.append(Step(kind: .added, unit: step.unit))
        } else {
            result.append(step)
        }
    }
    return result
}

/// Steps of a kind joined; within a change the removed words stand before the added ones.
private func runs(_ steps: [Step]) -> [DifferenceRun] {
    var runs: [DifferenceRun] = []
    var pending: [DifferenceRun.Kind: String] = [:]
    var same = ""
    func flush() {
        for kind in [DifferenceRun.Kind.removed, .added] {
            if let text = pending.removeValue(forKey: kind) { runs.append(DifferenceRun(kind: kind, text: text)) }
        }
    }
    for step in steps {
        if step.kind == .same {
            flush()
            same += step.unit
        } else {
            if !same.isEmpty { runs.append(DifferenceRun(kind: .same, text: same)) }
            same = ""
            pending[step.kind, default: ""] += step.unit
        }
    }
    flush()
    if !same.isEmpty { runs.append(DifferenceRun(kind: .same, text: same)) }
    return runs
}
