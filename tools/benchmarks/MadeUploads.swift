import Canonical
import DriveFormats
import Imaging
import Rewards
import SeededNumbers
import Stages
import Store

/// Uploads of made drives as ingestion would hand them to the catalog: verified and located by the stages, with made
/// measurements instead of pictures.
struct MadeUploads {
    private let ruleset = Ruleset.standard
    private let contributors = ContributorDraw()
    private let statistics: ImageStatistics
    private let seed: UInt64

    /// Uploads made from `seed`.
    init(seed: UInt64) throws {
        self.seed = seed
        // Noise is sharp and neither dark nor flat: every factor of quality but the receiver's is 1000.
        var random = SplitMix64(seed: seed)
        let samples = (0..<4096).map { _ in UInt8(random.below(256)) }
        guard let plane = LumaPlane(width: 64, height: 64, samples: samples) else {
            throw BenchmarkError("a plane of noise is no plane")
        }
        statistics = ImageStatistics(plane, levels: ruleset.measure.levels)
    }

    /// An upload of drives `numbers` of city `metro`, `frames` frames in all.
    func upload(metro: Int, drives numbers: Range<Int>, frames: Int) throws -> UploadEntry {
        let content = ContentHash.of("\(seed) \(metro) \(numbers) \(frames)")
        let name = String(content.hex.prefix(16))
        var receivedAt = UTCTime(milliseconds: 0)
        var contributor = ""
        var entries: [DriveEntry] = []
        for (place, number) in numbers.enumerated() {
            let own = frames * (place + 1) / numbers.count - frames * place / numbers.count
            var drive = MadeDrive(seed: seed, metro: metro, number: number, frames: own)
            if contributor.isEmpty { contributor = contributors.next(&drive.random) }
            receivedAt = max(receivedAt, UTCTime(milliseconds: drive.end.milliseconds + 3_600_000))
            entries.append(
                try entry("\(name)-\(place)", drive, order: UInt64(metro) << 60 | UInt64(number) << 32))
        }
        return UploadEntry(
            name: name, content: content, contributor: contributor, receivedAt: receivedAt, format: "sidecar",
            source: name, isKept: false, drives: entries)
    }

    /// Contents are named in the order of their making, `order` and what comes behind it: the catalog's index of them is
    /// filled much faster than by random names, and no build of the map looks at it.
    private func entry(_ name: String, _ drive: MadeDrive, order: UInt64) throws -> DriveEntry {
        var random = drive.random
        let verified = Verify.drive(drive.raw, asOf: drive.end, rules: ruleset.drive)
        let places = Locate.frames(of: verified, rules: ruleset.locate)
        let frames = try zip(drive.raw.frames, places).enumerated().map { number, pair in
            let (frame, place) = (pair.0, try pair.1.get())
            let observation = try Measure.observation(
                of: measurement(&random), at: place, rules: ruleset.measure)
            let words = [order | UInt64(number)] + (0..<3).map { _ in random.next() }
            return FrameEntry(
                name: "\(name)-\(String(100_000 + number).dropFirst())", source: frame.source,
                bytes: 200_000 + random.below(50_000), content: ContentHash(bigEndianWords: words),
                capturedAt: place.time, outcome: .success(observation))
        }
        return DriveEntry(name: name, device: nil, trace: verified.trace, frames: frames)
    }

    private func hash(_ random: inout SplitMix64) -> PDQHash {
        PDQHash(w0: random.next(), w1: random.next(), w2: random.next(), w3: random.next())
    }

    /// A picture like no other: random hashes are not near each other.
    private func measurement(_ random: inout SplitMix64) -> ImageMeasurement {
        ImageMeasurement(
            width: 1920, height: 1080, dHash: DHash(bits: random.next()), pdq: hash(&random),
            variants: PDQVariants(
                mirrored: hash(&random), narrowCrop: hash(&random), wideCrop: hash(&random)),
            pdqQuality: 100, statistics: statistics)
    }
}
