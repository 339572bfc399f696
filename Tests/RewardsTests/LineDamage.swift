extension [UInt8] {
    /// Changes one byte: another one in its place, one too many, one too few, or two the other way round.
    mutating func damage(using numbers: inout some RandomNumberGenerator) {
        guard !isEmpty else { return }
        let index = Int.random(in: 0..<count, using: &numbers)
        let other = Int.random(in: 0..<count, using: &numbers)
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: self[index] = UInt8.random(in: 0x20...0x7F, using: &numbers)
        case 1: insert(self[other], at: index)
        case 2: remove(at: index)
        default: swapAt(index, other)
        }
    }
}
