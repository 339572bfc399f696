import Canonical
import FoundationEssentials
import GRDB
import Geo
import Imaging
import Stages
import Tiles

/// The columns of `frames` that ingestion fills.
enum FrameColumns {
    /// What a frame must be to count on the map.
    static let isOnMap = "verdict = 'accepted' AND withdrawn IS NULL"

    /// All but the id.
    static let all = [
        "name", "drive", "number", "path", "range_start", "range_end", "bytes", "sha256",
        "kept_sha256", "received_at", "captured_at",
        "latitude_e7", "longitude_e7", "heading", "basis", "horizontal_error", "width", "height", "mean_luma",
        "dark_share", "bright_share", "deviation", "sharpness_measured", "flat_share", "exposure",
        "sharpness",
        "contrast", "obstruction", "accuracy", "resolution", "focus_measured", "glare_share", "sun_elevation",
        "drive_focus", "stuck_share", "hood_share", "focus", "relative_focus", "glare", "daylight", "dirt",
        "hood", "heading_known",
        "quality", "dhash", "pdq", "pdq_variants",
        "pdq_quality", "cell", "map_column", "map_row", "stop", "verdict", "rule", "value", "bound", "unit",
        "message", "original",
        "pending", "evidence",
    ]

    static func values(
        _ observation: Observation, cellPrecision: Int
    ) -> [String: (any DatabaseValueConvertible)?] {
        let (place, image, quality) = (observation.place, observation.image, observation.quality)
        let mapRow = Mercator.row(of: place.position)
        let cell = Geohash(of: place.position, precision: cellPrecision)?.bits
        return [
            "latitude_e7": place.position.latitudeE7, "longitude_e7": place.position.longitudeE7,
            "heading": place.heading, "basis": place.basis.rawValue,
            "horizontal_error": place.horizontalError,
            "width": image.width, "height": image.height,
            "mean_luma": image.statistics.meanLumaMilli, "dark_share": image.statistics.darkPermille,
            "bright_share": image.statistics.brightPermille,
            "deviation": image.statistics.standardDeviationMilli,
            "sharpness_measured": image.statistics.sharpnessPermille,
            "flat_share": image.statistics.flatCellsPermille,
            "exposure": quality.exposure, "sharpness": quality.sharpness, "contrast": quality.contrast,
            "obstruction": quality.obstruction, "accuracy": quality.accuracy,
            "resolution": quality.resolution,
            "focus_measured": image.statistics.focusPermille, "glare_share": image.statistics.glarePermille,
            "sun_elevation": SunElevation.centidegrees(at: place.time.milliseconds, place.position),
            "drive_focus": observation.inDrive.focus, "stuck_share": observation.inDrive.stuckShare,
            "hood_share": observation.inDrive.hoodShare,
            "focus": quality.focus, "relative_focus": quality.relativeFocus, "glare": quality.glare,
            "daylight": quality.daylight, "dirt": quality.dirt, "hood": quality.hood,
            "heading_known": quality.heading,
            "quality": quality.permille,
            "dhash": Int64(bitPattern: image.dHash.bits), "pdq": Data(PackedHash.bytes(image.pdq)),
            "pdq_variants": Data(PackedHash.bytes(image.variants)),
            "pdq_quality": image.pdqQuality,
            "cell": cell.map { Int64(bitPattern: $0) },
            "map_column": mapRow.map { _ in Int64(Mercator.column(of: place.position)) },
            "map_row": mapRow.map { Int64($0) },
        ]
    }
}
