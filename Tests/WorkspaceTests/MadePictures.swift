import Canonical
import DriveFormats
import Geo
import Imaging
import Rewards
import SeededNumbers
import Testing

@testable import Stages
@testable import Store

/// Uploads of frames with made hashes, among them copies of each other's pictures in every form.
enum MadePictures {
    static let rules = DeduplicateRules(
        maxDHashDistance: 16, maxPDQDistance: 31, minPDQQuality: 50, narrowCrop: 16, wideCrop: 42,
        standstillDistance: 2000)

    /// All that tells pictures apart.
    struct Forms {
        var dHash: UInt64
        /// As it is, mirrored, and the two crops.
        var pdq: [HashWords]
        var quality = 100

        static func random(_ random: inout SplitMix64) -> Forms {
            Forms(dHash: random.next(), pdq: (0..<4).map { _ in MadeHashes.random(&random) })
        }

        /// A copy of which one form lies about the limit from one of this picture's.
        func copy(_ random: inout SplitMix64) -> Forms {
            var copy = Forms.random(&random)
            let (from, to) =
                [(0, 0), (0, 0), (0, 1), (1, 0), (0, 2), (2, 0), (3, 0)].randomElement(
                    using: &random) ?? (0, 0)
            copy.pdq[to] = MadeHashes.changed(pdq[from], Int.random(in: 0...33, using: &random), &random)
            copy.dHash = from == 1 || to == 1 ? DHash(bits: dHash).mirrored.bits : dHash
            if Int.random(in: 0..<6, using: &random) == 0 { copy = self }
            if Int.random(in: 0..<20, using: &random) == 0 { copy.quality = 10 }
            return copy
        }
    }

    /// Uploads of one drive each, received one after the other.
    static func uploads(_ random: inout SplitMix64, count: Int) throws -> [UploadEntry] {
        var known: [Forms] = []
        return try (0..<count).map { number in
            let frames = (0..<Int.random(in: 5...20, using: &random)).map { _ in
                let near = known.randomElement(using: &random)
                let isCopy = Int.random(in: 0..<2, using: &random) == 0
                let forms = isCopy ? near?.copy(&random) : nil
                known.append(forms ?? .random(&random))
                return known[known.count - 1]
            }
            return try upload(number, frames, &random)
        }
    }

    /// Upload `number` with `frames`. Some have the same bytes as others, but only where their hashes are the same.
    static func upload(_ number: Int, _ frames: [Forms], _ random: inout SplitMix64) throws -> UploadEntry {
        let name = String(ContentHash.of("made \(number)").hex.prefix(16))
        let start: Int64 = 1_760_000_000_000 + Int64(number) * 1_000_000
        let entries = try frames.enumerated().map { place, forms in
            let text = Bool.random(using: &random) ? "\(forms)" : "\(name) \(place) \(forms)"
            return FrameEntry(
                name: "\(name)-0-\(String(100_000 + place).dropFirst())",
                source: ByteSource(path: "\(place).jpg"), bytes: 1000, content: .of(text),
                capturedAt: UTCTime(milliseconds: start + Int64(place) * 1000),
                outcome: .success(try observation(forms, at: start + Int64(place) * 1000)))
        }
        return UploadEntry(
            name: name, content: .of(name), contributor: ["ada", "ben"][number % 2],
            receivedAt: UTCTime(milliseconds: 1_770_000_000_000 + Int64(number) * 1000), format: "sidecar",
            source: "drive-\(number)", isKept: false,
            drives: [
                DriveEntry(
                    name: "\(name)-0", device: nil,
                    trace: Trace(parts: [], refused: 0, outliers: 0, maxSpeed: 55_000), frames: entries)
            ])
    }

    private static func observation(_ forms: Forms, at time: Int64) throws -> Observation {
        let gray = LumaPlane(width: 16, height: 16, samples: [UInt8](repeating: 128, count: 256))
        let hashes = forms.pdq.map { PDQHash(w0: $0[0], w1: $0[1], w2: $0[2], w3: $0[3]) }
        return Observation(
            place: Place(
                time: UTCTime(milliseconds: time),
                position: try #require(Coordinate(latitudeE7: 482_000_000, longitudeE7: 110_400_000)),
                heading: nil, horizontalError: nil, basis: .own),
            image: ImageMeasurement(
                width: 1920, height: 1080, dHash: DHash(bits: forms.dHash), pdq: hashes[0],
                variants: PDQVariants(mirrored: hashes[1], narrowCrop: hashes[2], wideCrop: hashes[3]),
                pdqQuality: forms.quality,
                statistics: ImageStatistics(try #require(gray), levels: Ruleset.standard.measure.levels)),
            quality: Quality(
                exposure: 1000, sharpness: 1000, contrast: 1000, obstruction: 1000, accuracy: 1000,
                resolution: 1000, focus: 1000, relativeFocus: 1000, glare: 1000, daylight: 1000, dirt: 1000,
                hood: 1000,
                heading: 1000))
    }
}
