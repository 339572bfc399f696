import Canonical
import Geo

/// Finds the frames a standing car took, of which one is enough.
public enum Standstill {
    /// A frame as far as standing still is concerned.
    public struct Frame: Sendable {
        /// Capture time.
        public let time: UTCTime
        /// Position.
        public let position: Coordinate
        /// Quality in permille.
        public let quality: Int64
        /// Hash of the image.
        public let image: ContentHash

        /// A frame of `quality` taken at `position`.
        public init(time: UTCTime, position: Coordinate, quality: Int64, image: ContentHash) {
            self.time = time
            self.position = position
            self.quality = quality
            self.image = image
        }
    }

    /// The frames of one stop.
    public struct Stop: Sendable, Equatable {
        /// Indices of all its frames, by time.
        public let members: [Int]
        /// Index of the frame that stays: the best quality, then the earliest, then the least image hash.
        public let best: Int
    }

    /// The stops of one drive with more than one frame: frames next to each other in time of which none is
    /// farther than the standstill distance from the first. Independent of the order of `frames`.
    public static func stops(of frames: [Frame], rules: DeduplicateRules) -> [Stop] {
        let order = frames.indices.sorted { (frames[$0].key, $0) < (frames[$1].key, $1) }
        var groups: [[Int]] = []
        for index in order {
            if let first = groups.last?.first,
                Geodesy.distanceMillimetres(frames[first].position, frames[index].position)
                    <= rules.standstillDistance
            {
                groups[groups.count - 1].append(index)
            } else {
                groups.append([index])
            }
        }
        return groups.filter { $0.count > 1 }.compactMap { members in
            members.min { before(frames[$0], frames[$1]) }.map { Stop(members: members, best: $0) }
        }
    }

    private static func before(_ left: Frame, _ right: Frame) -> Bool {
        (right.quality, left.time, left.image) < (left.quality, right.time, right.image)
    }
}

extension Standstill.Frame {
    /// All that a frame says, in an order of its own: time first.
    fileprivate var key: Key {
        Key(
            time: time, image: image, latitude: position.latitudeE7, longitude: position.longitudeE7,
            quality: quality)
    }

    fileprivate struct Key: Comparable {
        let time: UTCTime
        let image: ContentHash
        let latitude: Int32
        let longitude: Int32
        let quality: Int64

        static func < (left: Key, right: Key) -> Bool {
            (left.time, left.image, left.latitude, left.longitude, left.quality)
                < (right.time, right.image, right.latitude, right.longitude, right.quality)
        }
    }
}
