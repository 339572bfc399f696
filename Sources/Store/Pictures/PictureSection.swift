import Imaging

/// One of the 32 parts of an index of pictures: some of their forms in the order of one band.
public struct PictureSection: Sendable, Hashable {
    /// Which forms of a stored picture are in it.
    public enum Forms: Int, Sendable, CaseIterable {
        /// The picture as it is; looked for by every form of a new one.
        case asItIs
        /// Its mirror image and its two crops; looked for by a new picture as it is.
        case variants

        /// How many of one picture there are.
        public var count: Int { self == .asItIs ? 1 : 3 }
    }

    /// Which forms are in it.
    public let forms: Forms
    /// The band whose bits decide the order, 0...15.
    public let band: Int

    /// All of them, in the order in which they are searched and stored.
    public static let all = (0..<PDQBand.count).flatMap { band in
        Forms.allCases.map { PictureSection(forms: $0, band: band) }
    }

    /// How many values a band can have: so many files has a section.
    public static let values = PDQBand.values
}

/// The bits of forms that come behind those they are filed under.
public struct PictureEntries {
    /// The place of the first one in its section.
    public let first: Int
    /// The next band of each, and ``padding`` zeros, so that eight can be read from any place.
    public let next: [UInt16]
    /// The band behind that of each, and as many zeros.
    public let third: [UInt16]

    /// How many zeros stand behind the last one.
    public static let padding = SIMD8<UInt16>.scalarCount

    /// Entries from place `first` of their section on, each array with ``padding`` zeros at its end.
    public init(first: Int, next: [UInt16], third: [UInt16]) {
        self.first = first
        self.next = next
        self.third = third
    }

    /// How many there are.
    public var count: Int { min(next.count, third.count) - Self.padding }
}

/// A whole section in memory.
public struct PictureSectionContents {
    /// What is filed under v has the places `starts[v]..<starts[v + 1]`.
    public let starts: [UInt32]
    /// What is filed.
    public let entries: PictureEntries
    /// The number of every form, its picture's times the number of forms of one and its own.
    public let members: [UInt32]

    /// Puts `hashes`, those of all forms of every picture, in the order of `band`, and of their numbers where that is equal.
    public init(_ hashes: [PDQHash], band: Int) {
        var starts = [UInt32](repeating: 0, count: PDQBand.values + 1)
        var next = [UInt16](repeating: 0, count: hashes.count + PictureEntries.padding)
        var third = next
        var members = [UInt32](repeating: 0, count: hashes.count)
        let hashes = hashes.span
        var free = starts.mutableSpan
        for place in hashes.indices { free[Int(hashes[place].band(band)) &+ 1] &+= 1 }
        for value in 1..<free.count { free[value] &+= free[value &- 1] }
        var second = next.mutableSpan
        var behind = third.mutableSpan
        var filed = members.mutableSpan
        // From the last to the first, each file from its end, and at last the ends are the starts.
        for place in hashes.indices.reversed() {
            let value = Int(hashes[place].band(band)) &+ 1
            free[value] &-= 1
            let end = Int(free[value])
            second[end] = hashes[place].band(band + 1)
            behind[end] = hashes[place].band(band + 2)
            filed[end] = UInt32(truncatingIfNeeded: place)
        }
        // Now `starts[v + 1]` is where the file of v begins.
        let count = UInt32(truncatingIfNeeded: hashes.count)
        for value in 1..<free.count { free[value &- 1] = free[value] }
        free[PDQBand.values] = count
        self.starts = starts
        self.members = members
        entries = PictureEntries(first: 0, next: next, third: third)
    }
}
