/// What would be at a place if values were sorted, without sorting them (Hoare's "Find", 1961).
enum OrderStatistic {
    /// The value that `rank` others come before in ascending order, 0..<count.
    static func value(of values: [Int64], rank: Int) -> Int64 {
        var rest = values
        var (low, high) = (0, values.count - 1)
        while low < high {
            let pivot = rest[low + (high - low) / 2]
            var (left, right) = (low, high)
            while left <= right {
                while rest[left] < pivot { left += 1 }
                while pivot < rest[right] { right -= 1 }
                if left <= right {
                    rest.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            // Up to `right` nothing is greater than the pivot, from `left` nothing is less, and what is between equals it.
            if rank <= right {
                high = right
            } else if rank >= left {
                low = left
            } else {
                break
            }
        }
        return rest[rank]
    }
}
