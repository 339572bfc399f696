import Canonical
import DriveFormats
import Geo
import Imaging
import Rewards
import Tiles

/// A parser of bytes that strangers send, fed with any bytes at all.
///
/// A target must come back: with a value or with a named error, never by a trap. Where what was read can be written, it
/// must give the same bytes, or read the same again.
public enum FuzzTarget: String, CaseIterable, Sendable {
    case bundle, checkpoint, csv, entry, exif, framekm, geojson, gnss, gpx, gzip, jpeg, json, key, manifest,
        mapillary, mvt, nmea, note, pieces
    case pmtiles, png, policy, proof, ruleset, sidecar, signature, stripped, takedown, text, trace, xmp

    /// Reads `bytes`; what is wrong with what came out, nil where all is well.
    public func fault(_ bytes: [UInt8]) -> String? {
        switch self {
        case .bundle: read(["upload.json": bytes, "frames/0-00000.jpg": TinyImage.jpeg])
        case .checkpoint, .entry, .note, .policy, .proof: return log(bytes)
        // Behind a beginning by which the format is known, so that it is the reader that is fed.
        case .csv: read(["photo.jpg": TinyImage.jpeg, "trace.csv": Array("lat,lon,time\n".utf8) + bytes])
        case .exif: read(["photo.jpg": bytes])
        case .framekm:
            read(["framekm/km_1": TinyImage.jpeg, "metadata/km_1.json": bytes])
        case .geojson: read(["photo.jpg": TinyImage.jpeg, "trace": Array(Beginning.geojson.utf8) + bytes])
        case .gnss: read(["photo.jpg": TinyImage.jpeg, "trace": Array(Beginning.gnss.utf8) + bytes])
        case .gpx: read(["photo.jpg": TinyImage.jpeg, "trace.gpx": bytes])
        case .gzip: _ = try? Gzip.decompress(bytes, limit: 1 << 20)
        case .jpeg, .png: decode(bytes)
        case .json: return json(bytes)
        case .key: _ = try? VerifyingKey(pem: bytes)
        case .mapillary:
            read(["photo.jpg": TinyImage.jpeg, "d.json": Array(Beginning.mapillary.utf8) + bytes])
        case .manifest: _ = try? Manifest(json: bytes)
        case .mvt: _ = try? MVTDecoder.decodeWithFaults(bytes)
        case .nmea: read(["photo.jpg": TinyImage.jpeg, "log": Array(Beginning.nmea.utf8) + bytes])
        case .pieces: return pieces(bytes)
        case .pmtiles: archive(bytes)
        case .ruleset: return ruleset(bytes)
        case .sidecar: read(["photo.jpg": TinyImage.jpeg, "photo.json": bytes])
        case .signature: return signature(bytes)
        case .stripped: return stripped(bytes)
        case .takedown: return takedown(bytes)
        case .text: return text(String(decoding: bytes, as: UTF8.self))
        case .trace: read(["photo.jpg": TinyImage.jpeg, "trace": bytes])
        case .xmp: read(["photo.jpg": TinyImage.jpeg(xmp: bytes)])
        }
        return nil
    }

    private func read(_ files: [String: [UInt8]]) {
        let upload = BytesUpload(files)
        guard let format = try? DriveFormats.recognise(upload) else { return }
        _ = try? format.read(upload)
    }

    private static let limits = ImageLimits(
        maxPixels: 40_000, maxScannedPixels: 400_000, maxUnpackedBytes: 400_000)

    private func decode(_ bytes: [UInt8]) {
        _ = try? ImageDecoder.decode(bytes, limits: Self.limits)
        _ = try? PixelImage(bytes, limits: Self.limits)
    }

    /// What is kept of an image is the same picture, and there is nothing to take off it any more.
    private func stripped(_ bytes: [UInt8]) -> String? {
        guard let kept = StrippedImage.bytes(bytes) else { return nil }
        guard StrippedImage.bytes(kept) == kept else { return "a stripped image is stripped once more" }
        guard let image = try? ImageDecoder.decode(bytes, limits: Self.limits) else { return nil }
        guard let again = try? ImageDecoder.decode(kept, limits: Self.limits) else {
            return "a stripped image is not read"
        }
        return again.plane == image.plane ? nil : "a stripped image is another picture"
    }

    /// A bundle whose key nobody here has the other half of.
    private func signature(_ bytes: [UInt8]) -> String? {
        let upload = BytesUpload([
            "a.jpg": TinyImage.jpeg, "upload.json": Array(Beginning.signedBundle.utf8), "upload.sig": bytes,
        ])
        return (try? BundleFormat().read(upload)) == nil ? nil : "a signature that nobody made is right"
    }

    private func json(_ bytes: [UInt8]) -> String? {
        guard let value = try? JSONReader.read(bytes), let canonical = try? CanonicalJSON(value) else {
            return nil
        }
        guard let again = try? CanonicalJSON(JSONReader.read(canonical.bytes)) else {
            return "its canonical form is not read"
        }
        return again.bytes == canonical.bytes ? nil : "its canonical form has another one"
    }

    private func ruleset(_ bytes: [UInt8]) -> String? {
        guard let ruleset = try? Ruleset(json: bytes) else { return nil }
        let again = try? Ruleset(json: ruleset.canonicalJSON.bytes)
        return again == ruleset ? nil : "the ruleset does not come back"
    }

    /// What the log is made of has one text form, and what nobody has signed is signed by nobody.
    private func log(_ bytes: [UInt8]) -> String? {
        let again: [UInt8]?
        switch self {
        case .checkpoint: again = (try? Checkpoint(text: bytes))?.text
        case .entry: again = (try? LogEntry(parsing: bytes))?.bytes
        case .note: again = (try? SignedNote(parsing: bytes))?.bytes
        case .proof:
            let proof = try? LogProof(parsing: bytes)
            if let proof, let receipt = try? AwardReceipt(proof), receipt.bytes != bytes {
                return "a receipt has two forms"
            }
            again = proof?.bytes
        default:
            _ = try? LogPolicy(parsing: bytes)
            return nil
        }
        return again == nil || again == bytes ? nil : "it has two forms"
    }

    private func takedown(_ bytes: [UInt8]) -> String? {
        guard let takedown = try? Takedown(json: bytes) else { return nil }
        return (try? Takedown(json: takedown.canonicalJSON.bytes)) == takedown
            ? nil : "the takedown does not come back"
    }

    private func pieces(_ bytes: [UInt8]) -> String? {
        if let frames = try? PackedFrames.frames(bytes), PackedFrames.bytes(frames) != bytes {
            return "frames have two packed forms"
        }
        if let parts = try? LinePart.parts(packed: bytes), LinePart.packed(parts) != bytes {
            return "lines have two packed forms"
        }
        if let summary = try? TileSummary(packed: bytes), summary.packed() != bytes {
            return "a summary has two packed forms"
        }
        if let lines = try? TileLines(packed: bytes), lines.packed() != bytes {
            return "lines of a tile have two packed forms"
        }
        return nil
    }

    private func archive(_ bytes: [UInt8]) {
        _ = ArchiveVerification.run(ByteArray(bytes), readsContents: true)
        guard let reader = try? PMTilesReader(ByteArray(bytes)) else { return }
        _ = try? reader.metadata()
        _ = try? reader.forEachTile(limit: 100) { (_, stored) throws(TileError) in
            _ = try reader.uncompressed(stored)
        }
    }

    private func text(_ text: String) -> String? {
        if let zone = Zone(text), Zone(zone.description) != zone { return "zone \(zone) does not come back" }
        if let time = UTCTime(rfc3339: text), UTCTime(rfc3339: time.description) != time {
            return "time \(time) does not come back"
        }
        if let cell = Geohash(text), Geohash(cell.description) != cell {
            return "cell \(cell) does not come back"
        }
        if let epoch = Epoch(id: text), Epoch(id: epoch.id) != epoch {
            return "epoch \(epoch.id) does not come back"
        }
        if let hash = ContentHash(hex: text), hash.hex != text {
            return "hash \(hash.hex) does not come back"
        }
        return nil
    }
}
