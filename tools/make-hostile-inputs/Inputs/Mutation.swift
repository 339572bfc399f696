import SeededNumbers

/// Damage drawn from a seed: the same on every machine.
enum Mutation {
    /// `count` mutants of each of `seeds`, named by seed and number.
    static func cases(
        _ family: String, of seeds: [(name: String, bytes: [UInt8])], count: Int, seed: UInt64,
        dictionary: [[UInt8]] = [], upload: ([UInt8]) -> [(path: String, bytes: [UInt8])]
    ) -> [HostileCase] {
        var random = SplitMix64(seed: seed)
        return seeds.flatMap { name, bytes in
            (0..<count).map { number in
                HostileCase(
                    "\(family)/mutant/\(name)-\(number)", upload(mutant(of: bytes, dictionary, &random)),
                    .lawful)
            }
        }
    }

    private static func mutant(
        of bytes: [UInt8], _ dictionary: [[UInt8]], _ random: inout SplitMix64
    ) -> [UInt8] {
        var result = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            guard !result.isEmpty else { break }
            let place = Int.random(in: 0..<result.count, using: &random)
            let length = Int.random(in: 1...min(32, result.count - place), using: &random)
            switch Int.random(in: 0..<7, using: &random) {
            case 0: result[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: result[place] = [0, 0xFF, 0x7F, 0x80].randomElement(using: &random) ?? 0
            case 2: result.removeSubrange(place..<place + length)
            case 3: result.insert(contentsOf: result[place..<place + length], at: place)
            case 4: result.removeSubrange(place...)
            case 5:
                let words =
                    dictionary.randomElement(using: &random) ?? [UInt8.random(in: 0...255, using: &random)]
                result.insert(contentsOf: words, at: place)
            default:
                for index in place..<place + length {
                    result[index] = UInt8.random(in: 0...255, using: &random)
                }
            }
        }
        return result
    }
}

/// Text as bytes.
func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }
