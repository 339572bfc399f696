import Canonical
import DriveFormats
import Geo
import Imaging
import Rewards
import TestSupport
import Testing

@testable import Stages
@testable import Store

/// A catalog of its own with uploads made from picture numbers.
struct CatalogFixture {
    let folder: TemporaryFolder
    let catalog: Catalog
    let rules = DeduplicateRules(
        maxDHashDistance: 16, maxPDQDistance: 31, minPDQQuality: 50, narrowCrop: 16, wideCrop: 42,
        standstillDistance: 2000)
    static let precision = 8

    init() throws {
        folder = try TemporaryFolder()
        catalog = try Catalog(path: "\(folder.path)/catalog.sqlite", for: .making)
    }

    /// One frame of an upload: its picture, where it was taken, or that it was refused.
    struct Shot {
        var picture: UInt64
        var quality = 90
        var captured: Int64
        var isRefused = false
        var latitudeE7 = 482_000_000
        var stop: (number: Int, best: Int)?
    }

    func entry(
        _ name: String, by contributor: String, received: Int64, _ shots: [Shot], source: String = "drive"
    ) throws -> UploadEntry {
        let frames = try shots.enumerated().map { number, shot in
            let bytes = try TestPicture.jpeg(shot.picture, quality: shot.quality)
            let outcome: Result<Observation, Refusal> =
                shot.isRefused
                ? .failure(Refusal(Finding(.positionMissing))) : .success(try observation(shot, bytes))
            var frame = FrameEntry(
                name: "\(name)-0-0000\(number)", source: ByteSource(path: "\(number).jpg"),
                bytes: bytes.count,
                content: .of(bytes), copy: .of(bytes), capturedAt: UTCTime(milliseconds: shot.captured),
                outcome: outcome)
            frame.stop = shot.stop.map { ($0.number, $0.best, 500) }
            return frame
        }
        return UploadEntry(
            name: name, content: .of(name), contributor: contributor,
            receivedAt: UTCTime(milliseconds: received), format: "sidecar", source: source, isKept: true,
            drives: [
                DriveEntry(
                    name: "\(name)-0", device: nil,
                    trace: Trace(parts: [], refused: 0, outliers: 0, maxSpeed: 55_000),
                    frames: frames)
            ])
    }

    private func observation(_ shot: Shot, _ bytes: [UInt8]) throws -> Observation {
        let decoded = try ImageDecoder.decode(bytes)
        let pdq = PDQHash.measureBothWays(decoded.plane)
        let position = try #require(
            Coordinate(latitudeE7: shot.latitudeE7, longitudeE7: 110_400_000))
        return Observation(
            place: Place(
                time: UTCTime(milliseconds: shot.captured), position: position, heading: 0,
                horizontalError: nil, basis: .own),
            image: ImageMeasurement(
                width: decoded.width, height: decoded.height, dHash: DHash(decoded.plane), pdq: pdq.hash,
                variants: PDQVariants(decoded.plane, mirrored: pdq.mirrored, rules: rules),
                pdqQuality: pdq.quality,
                statistics: ImageStatistics(decoded.plane, levels: Ruleset.standard.measure.levels)),
            quality: Quality(
                exposure: 1000, sharpness: 1000, contrast: 1000, obstruction: 1000, accuracy: 800,
                resolution: 500, focus: 1000,
                relativeFocus: 1000, glare: 1000, daylight: 1000, dirt: 1000, hood: 1000, heading: 1000))
    }

    @discardableResult
    func add(_ entry: UploadEntry, path: String? = nil) throws -> Bool {
        try catalog.add(
            entry,
            sighting: Sighting(
                contributor: entry.contributor, path: path ?? "/\(entry.name)", fingerprint: .of(entry.name)),
            rules: rules, cellPrecision: Self.precision)
    }

    /// Verdict, rule and original of every frame.
    func verdicts() throws -> [String: String] {
        var result: [String: String] = [:]
        for frame in try catalog.frames(.all, cellPrecision: Self.precision) {
            result[frame.name] = [frame.verdict.rawValue, frame.finding?.rule.rawValue, frame.original]
                .compactMap { $0 }.joined(separator: " ")
        }
        return result
    }
}
