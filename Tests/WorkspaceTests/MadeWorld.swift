import Canonical
import DriveFormats
import Geo
import Imaging
import Rewards
import SeededNumbers
import Testing

@testable import Stages
@testable import Store
@testable import Workspace

/// Uploads without images, drawn from a seed: drives through streets, along borders of tiles, over the antimeridian and
/// near the poles, with copies of each other's pictures.
struct MadeWorld {
    let uploads: [UploadEntry]
    /// Frames with a place, copies included.
    private(set) var located = 0

    static let rules = DeduplicateRules(
        maxDHashDistance: 16, maxPDQDistance: 31, minPDQQuality: 50, narrowCrop: 16, wideCrop: 42,
        standstillDistance: 2000)

    init(seed: UInt64, uploads count: Int = 5) throws {
        var random = SplitMix64(seed: seed)
        var made: [UploadEntry] = []
        for number in 0..<count {
            let contributor = ["ada", "ben", "cleo"][Int.random(in: 0..<3, using: &random)]
            let name = String(ContentHash.of("\(contributor) \(seed) \(number)").hex.prefix(16))
            let drives = try (0..<Int.random(in: 1...2, using: &random)).map {
                try Self.drive("\(name)-\($0)", world: seed, &random)
            }
            made.append(
                UploadEntry(
                    name: name, content: .of(name), contributor: contributor,
                    receivedAt: UTCTime(
                        milliseconds: 1_770_000_000_000 + Int64.random(in: 0..<86_400_000, using: &random)),
                    format: "sidecar", source: "drive-\(number)", isKept: false, drives: drives))
        }
        uploads = made
    }

    /// Where drives begin: degrees times 10^7, and how far a frame is from the next in the same units.
    private static let places: [(latitude: Int, longitude: Int, step: Int)] = [
        (482_000_000, 110_400_000, 900), (482_000_000, 110_400_000, 900), (482_001_000, 110_402_000, 4000),
        // A corner of four leaf tiles, the antimeridian, the equator, the map's edge, the pole.
        (481_909_000, 110_302_700, 700), (10_000_000, 1_799_999_000, 800), (0, 0, 500),
        (850_510_000, 200_000_000, 2000), (899_999_990, 1_799_999_999, 300),
        (-899_999_990, -1_799_999_999, 300),
    ]

    private static func drive(_ name: String, world: UInt64, _ random: inout SplitMix64) throws -> DriveEntry
    {
        let place = places[Int.random(in: 0..<places.count, using: &random)]
        var (latitude, longitude) = (place.latitude, place.longitude)
        var time: Int64 = 1_760_000_000_000 + Int64.random(in: 0..<30, using: &random) * 86_400_000
        var heading = Int.random(in: 0..<36_000, using: &random)
        var frames: [FrameEntry] = []
        for number in 0..<Int.random(in: 1...30, using: &random) {
            latitude += Int.random(in: -place.step...place.step, using: &random)
            longitude += Int.random(in: -place.step / 2...place.step, using: &random)
            time += [1000, 1000, 1000, 0, 40_000][Int.random(in: 0..<5, using: &random)]
            heading = (heading + Int.random(in: 0..<4000, using: &random)) % 36_000
            let wrapped = longitude >= 1_800_000_000 ? longitude - 3_600_000_000 : longitude
            let position = Coordinate(
                latitudeE7: min(max(latitude, -900_000_000), 900_000_000), longitudeE7: wrapped)
            // One picture in ten is one that others may have as well.
            let picture =
                Int.random(in: 0..<10, using: &random) == 0
                ? UInt64.random(in: 0..<6, using: &random) : random.next()
            let outcome: Result<Observation, Refusal>
            if let position, Int.random(in: 0..<12, using: &random) > 0 {
                let known = Int.random(in: 0..<5, using: &random) > 0
                outcome = .success(
                    try observation(
                        picture, position, time, heading: known ? heading : nil,
                        quality: Int64.random(in: 0...1000, using: &random)))
            } else {
                outcome = .failure(Refusal(Finding(.positionMissing)))
            }
            frames.append(
                FrameEntry(
                    name: "\(name)-\(String(repeating: "0", count: 5 - String(number).count))\(number)",
                    source: ByteSource(path: "\(number).jpg"), bytes: 1000,
                    content: .of("\(world) \(picture)"), capturedAt: UTCTime(milliseconds: time),
                    outcome: outcome
                ))
        }
        return DriveEntry(
            name: name, device: nil, trace: Trace(parts: [], refused: 0, outliers: 0, maxSpeed: 55_000),
            frames: frames)
    }

    private static func observation(
        _ picture: UInt64, _ position: Coordinate, _ time: Int64, heading: Int?, quality: Int64
    ) throws -> Observation {
        let gray = LumaPlane(width: 16, height: 16, samples: [UInt8](repeating: 128, count: 256))
        var words = SplitMix64(seed: picture)
        return Observation(
            place: Place(
                time: UTCTime(milliseconds: time), position: position, heading: heading, horizontalError: nil,
                basis: .own),
            image: ImageMeasurement(
                width: 1920, height: 1080, dHash: DHash(bits: words.next()),
                pdq: words.nextPDQ(),
                variants: PDQVariants(
                    mirrored: words.nextPDQ(), narrowCrop: words.nextPDQ(), wideCrop: words.nextPDQ()),
                pdqQuality: 100,
                statistics: ImageStatistics(try #require(gray), levels: Ruleset.standard.measure.levels)),
            quality: Quality(
                exposure: 1000, sharpness: 1000, contrast: 1000, obstruction: 1000, accuracy: 1000,
                resolution: quality, focus: 1000,
                relativeFocus: 1000, glare: 1000, daylight: 1000, dirt: 1000, hood: 1000, heading: 1000))
    }
}

extension SplitMix64 {
    fileprivate mutating func nextPDQ() -> PDQHash { PDQHash(w0: next(), w1: next(), w2: next(), w3: next()) }
}

extension TestWorkspace {
    /// Adds `entry` as if it had been read and measured.
    func add(_ entry: UploadEntry, receivedAt: UTCTime? = nil) throws {
        let upload = UploadEntry(
            name: entry.name, content: entry.content, contributor: entry.contributor,
            receivedAt: receivedAt ?? entry.receivedAt, format: entry.format, source: entry.source,
            isKept: entry.isKept, drives: entry.drives)
        let workspace = try open()
        _ = try workspace.catalog.add(
            upload,
            sighting: Sighting(
                contributor: entry.contributor, path: "/made/\(entry.name)", fingerprint: entry.content),
            rules: MadeWorld.rules, cellPrecision: workspace.cellPrecision)
    }
}
