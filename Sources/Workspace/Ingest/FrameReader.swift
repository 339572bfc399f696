import Canonical
import DriveFormats
import Glibc
import Stages
import Store

/// One frame's bytes, read once: its hash, what its image says, and the copy to keep.
struct FrameReading: Sendable {
    /// Bytes of the image; nil where it was not delivered.
    let bytes: Int?
    /// Hash of the image; nil where it was not delivered.
    let content: ContentHash?
    /// Hash of the copy that is kept; nil where none is.
    var copy: ContentHash?
    /// The observation, or what refused the frame.
    let outcome: Result<Observation, Refusal>
    /// What was measured on an image that was refused afterwards.
    var refused: ImageMeasurement?
}

/// Reads and measures frames of one upload.
struct FrameReader: Sendable {
    let upload: UploadDirectory
    let rules: MeasureRules
    let duplicates: DeduplicateRules
    /// Where copies of the observations go; nil where none are kept.
    let blobs: BlobWriter?
    /// What copies keep beside the picture; nil leaves them as they were delivered.
    let kept: StrippedImage.Metadata?

    /// How much of a file is hashed at a time where it is not read whole.
    private static let chunk = 1 << 20

    /// Reads the frame at `source` of `file` and measures it, unless it is refused already: a frame without a place
    /// is not decoded, but its bytes are still hashed, as they are part of the upload's name.
    func read(
        _ source: ByteSource, of file: UploadFile?, place: Result<Place, Refusal>
    ) throws -> FrameReading {
        guard let file else {
            let missing = Refusal(Finding(.imageMissing, message: "\(source.path) was not delivered"))
            return FrameReading(bytes: nil, content: nil, outcome: .failure(missing))
        }
        let range = source.range ?? 0..<file.size
        guard range.count <= rules.maxBytes else {
            let finding = Finding(
                .imageTooLarge, value: Int64(range.count), limit: rules.maxBytes, unit: "bytes")
            let refusal = (try? place.get()).map { _ in Refusal(finding) }
            return FrameReading(
                bytes: range.count, content: try hash(file, range),
                outcome: .failure(refusal ?? Self.refusal(place) ?? Refusal(finding)))
        }
        let bytes = try upload.bytes(of: file, range: range)
        let content = ContentHash.of(bytes)
        let (outcome, refused) = observe(bytes, place)
        var reading = FrameReading(bytes: bytes.count, content: content, outcome: outcome, refused: refused)
        if case .success = outcome, let blobs,
            let copy = kept.map({ StrippedImage.bytes(bytes, keeping: $0) }) ?? bytes
        {
            // Hashing costs ten times what comparing does, and many frames have nothing to be stripped of.
            reading.copy = copy.hasSameBytes(as: bytes) ? content : .of(copy)
            try blobs.keep(copy, hash: content)
        }
        return reading
    }

    /// The hash of bytes `range` of `file`, read a piece at a time.
    func hash(_ file: UploadFile, _ range: Range<Int>) throws -> ContentHash {
        var hasher = ContentHasher()
        for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.chunk) {
            hasher.update(
                try upload.bytes(of: file, range: start..<min(start + Self.chunk, range.upperBound)))
        }
        return hasher.finish()
    }

    private func observe(
        _ bytes: [UInt8], _ place: Result<Place, Refusal>
    ) -> (outcome: Result<Observation, Refusal>, refused: ImageMeasurement?) {
        var measured: ImageMeasurement?
        do throws(Refusal) {
            let place = try place.get()
            let image = try Measure.image(bytes, rules: rules, duplicates: duplicates)
            measured = image
            return (.success(try Measure.observation(of: image, at: place, rules: rules)), nil)
        } catch {
            return (.failure(error), measured)
        }
    }

    private static func refusal(_ place: Result<Place, Refusal>) -> Refusal? {
        if case .failure(let refusal) = place { refusal } else { nil }
    }
}
