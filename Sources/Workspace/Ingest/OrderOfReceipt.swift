import Canonical

extension Deliveries {
    /// The places of `deliveries` in the order in which they were received, in which signed bundles must follow one
    /// another; those received at once, by contributor and name. One without a receipt is received now, at `asOf`.
    static func inOrderOfReceipt(_ deliveries: [Delivery], asOf: UTCTime) -> [Int] {
        let keys = deliveries.map { delivery in
            let time = (delivery.receivedAt ?? asOf).milliseconds
            return (time, delivery.contributor.text, Array(delivery.name.utf8), Array(delivery.path.utf8))
        }
        return deliveries.indices.sorted { left, right in
            let (first, second) = (keys[left], keys[right])
            if (first.0, first.1) != (second.0, second.1) { return (first.0, first.1) < (second.0, second.1) }
            if first.2 != second.2 { return first.2.lexicographicallyPrecedes(second.2) }
            return first.3.lexicographicallyPrecedes(second.3)
        }
    }
}
