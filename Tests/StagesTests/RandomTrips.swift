import DriveFormats
import SeededNumbers

/// Short trips with jumps, outliers, stops, equal times and fixes that occur twice.
struct RandomTrips {
    private var numbers: SplitMix64

    init(seed: UInt64) {
        numbers = SplitMix64(seed: seed)
    }

    mutating func next() -> [RawFix] {
        var fixes: [RawFix] = []
        var (seconds, north, east) = (0.0, 0.0, 0.0)
        for _ in 0..<Int.random(in: 0...40, using: &numbers) {
            switch Int.random(in: 0..<20, using: &numbers) {
            case 0: east += Double.random(in: -3000...3000, using: &numbers)
            case 1, 2, 3:
                fixes.append(
                    SampleTrip.fix(
                        seconds, north: north + Double.random(in: -400...400, using: &numbers),
                        east: east + Double.random(in: -400...400, using: &numbers)))
            case 4: if let last = fixes.last { fixes.append(last) }
            case 5: seconds += Double.random(in: 0...30, using: &numbers)
            default: break
            }
            // Whole seconds, so that times are often equal.
            seconds += Double(Int.random(in: 0...2, using: &numbers))
            north += Double.random(in: 0...50, using: &numbers)
            fixes.append(SampleTrip.fix(seconds, north: north, east: east))
        }
        return fixes
    }

    /// The places of `fixes` in random order.
    mutating func shuffled(_ fixes: [RawFix]) -> [Int] {
        fixes.indices.shuffled(using: &numbers)
    }
}
