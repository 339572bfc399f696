import SeededNumbers

/// Draws contributors of whom few drive much: number k of 2,000 with a weight of 1 / k^0.8 (Zipf's law).
struct ContributorDraw {
    private let sums: [Int]

    /// Whom to draw from.
    init(count: Int = 2000) {
        var sum = 0
        sums = (1...count).map { number in
            sum += Self.weight(number)
            return sum
        }
    }

    /// A contributor's name.
    func next(_ random: inout SplitMix64) -> String {
        let chance = random.below(sums.last ?? 1)
        let number = sums.firstIndex { chance < $0 } ?? 0
        return "driver-\(number + 1)"
    }

    /// A million / `number`^0.8, rounded down, in integers: powers of floating-point numbers are not the same on every
    /// machine.
    private static func weight(_ number: Int) -> Int {
        var fourth: UInt128 = 1
        for _ in 0..<4 { fourth *= UInt128(number) }
        let limit = 1_000_000_000_000_000_000_000_000_000_000 / fourth
        var (low, high): (UInt128, UInt128) = (0, 1_000_000)
        while low < high {
            let middle = (low + high + 1) / 2
            if middle * middle * middle * middle * middle <= limit { low = middle } else { high = middle - 1 }
        }
        return Int(low)
    }
}
