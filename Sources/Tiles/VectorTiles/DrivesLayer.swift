import Canonical

/// The layer `drives`: the simplified lines of a bounded sample of the drives that cross the tile, one feature
/// a drive.
public enum DrivesLayer {
    /// The layer's name.
    public static let name = "drives"
    /// Units along one side of the tile.
    public static let extent: UInt32 = 4096
    /// The drive's name, a string.
    public static let driveKey = "drive"
    /// The contributor's salted pseudonym, 16 hexadecimal digits.
    public static let contributorKey = "contributor"
    /// Day of the drive's first frame, an ISO 8601 date.
    public static let dayKey = "day"

    private static let keys = [driveKey, contributorKey, dayKey]

    /// What `vector_layers` says about the layer at these zooms.
    public static func description(minZoom: UInt8, maxZoom: UInt8) -> LayerDescription {
        LayerDescription(
            id: name, description: "Simplified lines of drives, at most \(TileLines.maxDrives) per tile",
            fields: [driveKey: .string, contributorKey: .string, dayKey: .string], minZoom: minZoom,
            maxZoom: maxZoom)
    }

    /// The layer of one tile: the lines of ``TileLines/shown`` by ascending hash, three attributes each, in the
    /// order above. A drive of which nothing can be seen has no feature.
    static func encoder(for lines: TileLines) -> LayerEncoder {
        var layer = LayerEncoder(name: name, extent: extent, keys: keys)
        // A pseudonym or a date is written out once a tile, not once a drive.
        var contributors: [UInt64: UInt32] = [:]
        var days: [Int32: UInt32] = [:]
        for line in lines.shown where !line.parts.isEmpty {
            let drive = layer.index(ofValue: .string(line.drive))
            let contributor =
                contributors[line.contributor] ?? layer.index(ofValue: .string(digits(line.contributor)))
            let day =
                days[line.day]
                ?? layer.index(ofValue: .string(CalendarDay(number: Int64(line.day)).description))
            contributors[line.contributor] = contributor
            days[line.day] = day
            layer.add(tags: [0, drive, 1, contributor, 2, day], type: .line, commands: commands(line.parts))
        }
        return layer
    }

    private static func digits(_ pseudonym: UInt64) -> String {
        Hexadecimal.text(
            stride(from: UInt64(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: pseudonym >> $0) })
    }

    private static func commands(_ parts: [LinePart]) -> [UInt32] {
        GeometryEncoder.commands(of: .lines(parts.map(\.points)))
    }
}
