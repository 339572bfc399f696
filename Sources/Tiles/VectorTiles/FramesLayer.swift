import Canonical
import Geo

/// The layer `frames` of a leaf tile: a point for the best frame of every square of a fine grid.
///
/// The grid has 256 x 256 squares. Where more of them hold frames than ``LeafDetail`` allows, it is halved as often as
/// it takes: so a tile's size is bounded whatever it holds, and what is shown depends on nothing but the tile's own
/// frames.
public enum FramesLayer {
    /// The layer's name.
    public static let name = "frames"
    /// The name of the drive. With ``numberKey`` it names the frame: `<drive>-<number>`.
    public static let driveKey = "drive"
    /// The frame's number in its drive, an unsigned integer.
    public static let numberKey = "frame"
    /// Whole degrees clockwise from north, 0...359; missing where unknown.
    public static let headingKey = "heading"
    /// Quality in permille, an unsigned integer.
    public static let qualityKey = "quality"
    /// Day of capture, an ISO 8601 date.
    public static let dayKey = "day"
    private static let keys = [driveKey, numberKey, dayKey, qualityKey, headingKey]

    /// What `vector_layers` says about the layer.
    public static let description = LayerDescription(
        id: name, description: "The best frame of every square of a 256 x 256 grid",
        fields: [
            driveKey: .string, numberKey: .number, headingKey: .number, qualityKey: .number, dayKey: .string,
        ], minZoom: SquareAddress.leafZoom, maxZoom: SquareAddress.leafZoom)

    /// The layer of `leaf`; frames by drive, then by time, so that neighbours have much in common.
    static func encoder(for leaf: LeafTile, _ detail: LeafDetail) -> LayerEncoder {
        var layer = LayerEncoder(name: name, extent: CoverageLayer.extent, keys: keys)
        var days: [Int32: UInt32] = [:]
        // Squares of either grid: the finest has 2^16.
        var shift = MapFrame.placeBits - 8
        var best = Self.best(of: leaf, shift: shift)
        while best.count > detail.maxFeatures, shift < MapFrame.placeBits - 5 {
            shift += 1
            best = Self.best(of: leaf, shift: shift, among: best)
        }
        layer.reserve(best.count * 34)
        var lastDrive = -1
        // Used again for every feature; what stays the same is written once.
        var tags: [UInt32] = [0, 0, 1, 0, 2, 0, 3, 0, 4, 0]
        var commands = [VectorCommand.integer(VectorCommand.moveTo, count: 1), 0, 0]
        for place in best {
            let entry = leaf.drives[place.drive]
            let frame = entry.frames[place.frame]
            if place.drive != lastDrive {
                tags[1] = layer.index(ofValue: .string(entry.drive))
                lastDrive = place.drive
            }
            let day =
                days[frame.day]
                ?? layer.index(ofValue: .string(CalendarDay(number: Int64(frame.day)).description))
            days[frame.day] = day
            tags[3] = layer.index(ofNumber: UInt64(frame.number))
            tags[5] = day
            tags[7] = layer.index(ofNumber: UInt64(frame.quality))
            if let heading = frame.heading {
                tags[9] = layer.index(ofNumber: (UInt64(heading) + 50) / 100 % 360)
            }
            commands[1] = frame.x >> (MapFrame.placeBits - 12) * 2
            commands[2] = frame.y >> (MapFrame.placeBits - 12) * 2
            layer.add(
                tags: tags.span.extracting(0..<(frame.heading == nil ? 8 : 10)), type: .point,
                commands: commands.span)
        }
        return layer
    }

    /// Where a frame is in a leaf tile, in the order of drives and times.
    private struct Place {
        let bits: UInt64

        init(drive: Int, frame: Int) {
            bits = UInt64(UInt32(truncatingIfNeeded: drive)) << 32 | UInt64(UInt32(truncatingIfNeeded: frame))
        }

        var drive: Int { Int(bits >> 32) }
        var frame: Int { Int(bits & 0xFFFF_FFFF) }
    }

    /// The best frame of every square of side 2^shift: of the highest quality, then the earliest, then that of the
    /// least name. In the order of drives and times.
    private static func best(of leaf: LeafTile, shift: UInt32) -> [Place] {
        var best = BestFrames(leaf, shift: shift)
        for (driveIndex, drive) in leaf.drives.enumerated() {
            for (frameIndex, frame) in drive.frames.enumerated() {
                best.add(Place(drive: driveIndex, frame: frameIndex), frame)
            }
        }
        return best.places.sorted { $0.bits < $1.bits }
    }

    /// The same from `finer`, the best frames of the squares that those of side 2^shift are made of.
    private static func best(of leaf: LeafTile, shift: UInt32, among finer: [Place]) -> [Place] {
        var best = BestFrames(leaf, shift: shift)
        for place in finer { best.add(place, leaf.drives[place.drive].frames[place.frame]) }
        return best.places.sorted { $0.bits < $1.bits }
    }

    /// The best frames while they are looked for.
    private struct BestFrames {
        private let leaf: LeafTile
        private let shift: UInt32
        /// Where the best frame of every square is among ``places``.
        private var found: [Int32]
        private(set) var places: [Place] = []

        init(_ leaf: LeafTile, shift: UInt32) {
            self.leaf = leaf
            self.shift = shift
            found = [Int32](repeating: -1, count: 1 << (2 * Int(MapFrame.placeBits - shift)))
        }

        @inline(__always)
        mutating func add(_ place: Place, _ frame: MapFrame) {
            let square = Int((frame.y >> shift) << (MapFrame.placeBits - shift) | frame.x >> shift)
            let known = Int(found[square])
            if known < 0 {
                found[square] = Int32(truncatingIfNeeded: places.count)
                places.append(place)
            } else if isBetter(place, than: places[known], leaf) {
                places[known] = place
            }
        }
    }

    private static func isBetter(_ left: Place, than right: Place, _ leaf: LeafTile) -> Bool {
        let (a, b) = (
            leaf.drives[left.drive].frames[left.frame], leaf.drives[right.drive].frames[right.frame]
        )
        if a.quality != b.quality { return a.quality > b.quality }
        if a.capturedAt != b.capturedAt { return a.capturedAt < b.capturedAt }
        if left.drive != right.drive {
            return leaf.drives[left.drive].drive.utf8.lexicographicallyPrecedes(
                leaf.drives[right.drive].drive.utf8)
        }
        return a.number < b.number
    }
}
