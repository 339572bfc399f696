/// A dictionary whose keys are mostly small numbers: those are looked up in an array.
struct NumberIndex {
    private static let arrayLimit: UInt64 = 1 << 16
    private static let none = UInt32.max

    private var small: [UInt32] = []
    private var large: [UInt64: UInt32] = [:]

    /// What stands at `number`, below 2^32 - 1; nil for nothing.
    subscript(number: UInt64) -> UInt32? {
        @inline(__always) get {
            guard number < Self.arrayLimit else { return large[number] }
            guard number < UInt64(small.count) else { return nil }
            let found = small[Int(number)]
            return found == Self.none ? nil : found
        }
        set {
            guard number < Self.arrayLimit else {
                large[number] = newValue
                return
            }
            if number >= UInt64(small.count) {
                let missing = max(Int(number) + 1 - small.count, small.count)
                small.append(contentsOf: repeatElement(Self.none, count: missing))
            }
            small[Int(number)] = newValue ?? Self.none
        }
    }

    /// The numbers at which something stands, ascending.
    var numbers: [UInt64] {
        small.indices.filter { small[$0] != Self.none }.map(UInt64.init) + large.keys.sorted()
    }
}
