import DriveFormats

/// Where in an upload the fields of a frame stand, in words.
enum FieldOrigins {
    /// Where uploads of `format` have `field` of a frame.
    static func text(of field: SourceReading.Name, format: String) -> String {
        switch format {
        case "framekm": frameKM(field)
        case "sidecar": sidecar(field)
        case "exif": exif(field)
        case "bundle": bundle(field)
        case _ where isTraceFormat(format): exif(field)
        default: "the upload, read as \(format)"
        }
    }

    private static func isTraceFormat(_ name: String) -> Bool {
        DriveFormats.all.contains { $0.name == name && $0 is TracePhotosFormat }
    }

    private static func frameKM(_ field: SourceReading.Name) -> String {
        let key =
            switch field {
            case .time: "t"
            case .latitude: "lat"
            case .longitude: "lon"
            case .heading: "heading"
            case .speed: "speed (km/h)"
            case .horizontalError: "eph"
            case .hdop: "hdop"
            case .satellites: "satellites"
            }
        return "'\(key)' of the frame's element in the FrameKM's JSON metadata"
    }

    private static func sidecar(_ field: SourceReading.Name) -> String {
        let key =
            switch field {
            case .time: "'gnss_time', or else 'time'"
            case .latitude: "'lat'"
            case .longitude: "'lon'"
            default: "\(field.rawValue)"
            }
        return "\(key) of the JSON file beside the image"
    }

    private static func exif(_ field: SourceReading.Name) -> String {
        switch field {
        case .time: "EXIF GPSDateStamp and GPSTimeStamp, or else DateTimeOriginal"
        case .latitude: "EXIF GPSLatitude"
        case .longitude: "EXIF GPSLongitude"
        case .heading: "EXIF GPSImgDirection, or else GPSTrack"
        case .speed: "EXIF GPSSpeed"
        case .horizontalError: "EXIF GPSHPositioningError"
        case .hdop: "EXIF GPSDOP"
        case .satellites: "EXIF GPSSatellites"
        }
    }

    private static func bundle(_ field: SourceReading.Name) -> String {
        let key =
            switch field {
            case .time: "captured_at"
            case .latitude: "latitude_e7"
            case .longitude: "longitude_e7"
            case .heading, .speed, .horizontalError, .hdop, .satellites: field.rawValue
            }
        return "'\(key)' of the frame's element in the bundle's upload.json"
    }
}
