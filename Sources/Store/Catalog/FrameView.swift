import Canonical
import FoundationEssentials
import GRDB
import Geo
import Stages

/// Everything the catalog knows of one frame.
public struct FrameView: Sendable {
    /// The frame's, its drive's and its upload's names.
    public let name, drive, upload: String
    /// Who delivered it, and the name of the folder it came in.
    public let contributor, source: String
    /// Where its bytes lay in the upload.
    public let path: String
    /// The bytes of the file at `path`, where they are not all of it.
    public let range: Range<Int>?
    /// Bytes of the image; nil where unreadable.
    public let bytes: Int?
    /// Hash of the image; nil where unreadable.
    public let content: ContentHash?
    /// When it was received.
    public let receivedAt: UTCTime
    /// When it was captured; nil where unknown or refused.
    public let capturedAt: UTCTime?
    /// What it shows and where, for an observation.
    public let observed: ObservedView?
    /// Its verdict.
    public let verdict: VerdictKind
    /// The finding behind any verdict but `accepted`.
    public let finding: Finding?
    /// The name of the frame it is a duplicate of.
    public let original: String?
    /// Whether it still waits to be compared with all others.
    public let isPending: Bool
    /// The sealed epoch that counts it.
    public let epoch: String?
    /// The id of the takedown for which it is not shown.
    public let withdrawnBy: String?
    /// That of the frame it is a duplicate of.
    public let originalWithdrawnBy: String?
    /// What else its checks saw; empty for most frames.
    public let evidence: FrameEvidence
}

/// The observation of a frame as the catalog keeps it.
public struct ObservedView: Sendable {
    /// Where and when.
    public let place: Place
    /// Pixels.
    public let width, height: Int
    /// Measured on the image: mean luma and deviation in thousandths, the others in permille.
    public let meanLuma, darkShare, brightShare, deviation, sharpness, flatShare: Int64
    /// The share of its finest detail and of glare, permille.
    public let focus, glareShare: Int64
    /// How high the sun stood, hundredths of a degree.
    public let sunElevation: Int64
    /// What was seen of it beside the other frames of its drive.
    public let inDrive: FrameInDrive
    /// The factors of its quality.
    public let quality: Quality
    /// The quality, permille.
    public let permille: Int64
    /// The cell.
    public let cell: Geohash
    /// Whether it lies on the square map of Web Mercator.
    public let isOnMap: Bool
}

extension FrameView {
    static let columns = """
        f.name, d.name, u.name, u.contributor, u.source, f.path, f.range_start, f.range_end, f.bytes, f.sha256,
        f.received_at, f.captured_at, f.verdict, f.rule, f.value, f.bound, f.unit, f.message, o.name, f.pending,
        f.epoch, f.latitude_e7, f.longitude_e7, f.heading, f.horizontal_error, f.basis, f.width, f.height,
        f.mean_luma, f.dark_share, f.bright_share, f.deviation, f.sharpness_measured, f.flat_share, f.exposure,
        f.sharpness, f.contrast, f.obstruction, f.accuracy, f.resolution, f.quality, f.cell, f.map_row IS NOT NULL,
        t.name, ot.name, f.evidence, f.focus_measured, f.glare_share, f.sun_elevation, f.drive_focus, f.stuck_share,
        f.focus, f.relative_focus, f.glare, f.daylight, f.dirt, f.heading_known, f.hood, f.hood_share
        """
    static let tables = """
        frames f JOIN drives d ON d.id = f.drive JOIN uploads u ON u.id = d.upload
        LEFT JOIN frames o ON o.id = f.original LEFT JOIN takedowns t ON t.id = f.withdrawn
        LEFT JOIN takedowns ot ON ot.id = o.withdrawn
        """

    init(_ row: Row, cellPrecision: Int) throws {
        name = row[0]
        drive = row[1]
        upload = row[2]
        contributor = row[3]
        source = row[4]
        path = row[5]
        if let start: Int = row[6], let end: Int = row[7], start <= end {
            range = start..<end
        } else {
            range = nil
        }
        bytes = row[8]
        content = (row[9] as Data?).flatMap { ContentHash(bytes: $0) }
        receivedAt = UTCTime(milliseconds: row[10])
        let captured: Int64? = row[11]
        capturedAt = captured.map(UTCTime.init(milliseconds:))
        guard let verdict = VerdictKind(rawValue: row[12]) else {
            throw CatalogDamage("frame \(name): verdict")
        }
        self.verdict = verdict
        if let text: String = row[13] {
            guard let rule = Rule(rawValue: text) else { throw CatalogDamage("frame \(name): rule \(text)") }
            finding = Finding(rule, value: row[14], limit: row[15], unit: row[16], message: row[17])
        } else {
            finding = nil
        }
        original = row[18]
        isPending = row[19]
        epoch = row[20]
        withdrawnBy = row[43]
        originalWithdrawnBy = row[44]
        if let bytes: Data = row[45] {
            do throws(JSONError) { evidence = try FrameEvidence(json: Array(bytes)) } catch {
                throw CatalogDamage("frame \(name): evidence: \(error)")
            }
        } else {
            evidence = FrameEvidence()
        }
        observed =
            (row[21] as Int?) == nil ? nil : try ObservedView(row, name: name, cellPrecision: cellPrecision)
    }
}

extension ObservedView {
    fileprivate init(_ row: Row, name: String, cellPrecision: Int) throws {
        guard let position = Coordinate(latitudeE7: row[21], longitudeE7: row[22]),
            let basis = Place.Basis(rawValue: row[25]),
            let cell = Geohash(bits: UInt64(bitPattern: row[41]), precision: cellPrecision)
        else { throw CatalogDamage("frame \(name): position, basis or cell") }
        place = Place(
            time: UTCTime(milliseconds: row[11]), position: position, heading: row[23],
            horizontalError: row[24],
            basis: basis)
        (width, height) = (row[26], row[27])
        (meanLuma, darkShare, brightShare) = (row[28], row[29], row[30])
        (deviation, sharpness, flatShare) = (row[31], row[32], row[33])
        quality = Quality(
            exposure: row[34], sharpness: row[35], contrast: row[36], obstruction: row[37], accuracy: row[38],
            resolution: row[39], focus: row[51], relativeFocus: row[52], glare: row[53], daylight: row[54],
            dirt: row[55], hood: row[57], heading: row[56])
        (focus, glareShare, sunElevation) = (row[46], row[47], row[48])
        inDrive = FrameInDrive(focus: row[49], stuckShare: row[50], hoodShare: row[58])
        permille = row[40]
        self.cell = cell
        isOnMap = row[42]
    }
}
