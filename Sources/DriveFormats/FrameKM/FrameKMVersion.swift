/// The version of a FrameKM's layout: dotted numbers, compared one by one, so that 1.9 comes before 1.10.
struct FrameKMVersion: Comparable, CustomStringConvertible, Sendable {
    private let components: [Int]

    /// The oldest layout known (Hivemapper/odc-api, April 2023); 1.8, 1.9 and 1.10 added keys, none changed one.
    static let oldest = FrameKMVersion(components: [1, 6])

    private init(components: [Int]) {
        self.components = components
    }

    /// The version written as one to four numbers with dots between; nil for anything else.
    init?(_ text: String) {
        var components: [Int] = []
        for part in text.utf8.split(
            separator: UInt8(ascii: "."), maxSplits: 4, omittingEmptySubsequences: false)
        {
            guard (1...9).contains(part.count),
                part.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                let number = Int(String(part) ?? "")
            else { return nil }
            components.append(number)
        }
        guard components.count <= 4 else { return nil }
        self.components = components
    }

    /// The numbers with dots between.
    var description: String { components.map(String.init).joined(separator: ".") }

    static func < (left: FrameKMVersion, right: FrameKMVersion) -> Bool {
        let count = max(left.components.count, right.components.count)
        return left.padded(to: count).lexicographicallyPrecedes(right.padded(to: count))
    }

    static func == (left: FrameKMVersion, right: FrameKMVersion) -> Bool {
        !(left < right) && !(right < left)
    }

    /// 1.9 and 1.9.0 are one version.
    private func padded(to count: Int) -> [Int] {
        components + Array(repeating: 0, count: count - components.count)
    }
}
