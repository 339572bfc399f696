import Canonical

/// GeoJSON files (RFC 7946): lines whose points have times beside them, or points with a time each.
struct GeoJSONTrace: TraceFormat {
    let name = "geojson"
    let lookedFor = "photos with one GeoJSON file of a LineString with 'coordTimes', or of Points with a time"

    /// 200,000 points of a line, or 70,000 features of three objects each. With their text they take less than 100 MB.
    static let limits = JSONLimits(
        maxBytes: 24 << 20, maxDepth: 16, maxValues: 1_000_000, maxObjects: 210_000)

    func recognises(_ file: UploadFile, in upload: any UploadContents) throws(UploadReadError) -> Bool {
        guard try upload.prefix(of: file, count: 64).contains(UInt8(ascii: "{")) else { return false }
        let bytes = try upload.prefix(of: file, count: 64 << 10)
        // The members of an object come in any order, and times may fill all that is looked at.
        let marks = ["LineString", "MultiLineString", "Point", "coordTimes", "coordinateProperties"]
        return JSONFile.contains("\"Feature", in: bytes)
            && marks.contains { JSONFile.contains("\"\($0)\"", in: bytes) }
    }

    /// The fixes of the lines that have times; where none has, those of the points.
    ///
    /// - Throws: ``FormatError`` `geojson.bad_json`, `.crs`, `.count_mismatch`, `.bad_points`, `.no_fixes`, `.no_times`
    ///   or `upload.unreadable_file`.
    func read(_ file: UploadFile, in upload: any UploadContents) throws(FormatError) -> RawTrace {
        var bytes: [UInt8]
        do {
            bytes = try upload.prefix(of: file, count: min(file.size, Self.limits.maxBytes + 1))
        } catch {
            throw FormatError(error)
        }
        if bytes.starts(with: FileBytes.byteOrderMark) { bytes.removeFirst(3) }
        var reader = GeoJSONReader()
        do {
            try reader.read(try JSONReader.read(bytes, limits: Self.limits))
        } catch let error as GeoJSONError {
            throw refusal(error.code, file, error.place, error.reason)
        } catch let error as JSONError {
            throw refusal("geojson.bad_json", file, error.place, error.reason)
        } catch {
            throw refusal("geojson.bad_json", file, "$", "\(error)")
        }
        let fixes = reader.fixes
        if let first = reader.skipped.first, reader.skipped.outnumber(fixes.count) {
            throw refusal(
                "geojson.bad_points", file, first.place,
                "\(first.reason); \(reader.skipped.count) points cannot be read, \(fixes.count) can")
        }
        guard !fixes.isEmpty else {
            throw refusal("geojson.no_fixes", file, "$", "no LineString and no Point has a position")
        }
        guard fixes.contains(where: { $0.time != nil }) else {
            throw refusal(
                "geojson.no_times", file, "$",
                "none of the \(fixes.count) points has a time: a line needs properties.coordTimes or "
                    + "properties.coordinateProperties.times, a Point properties.time")
        }
        return RawTrace(fixes: fixes, remarks: reader.remarks)
    }

    private func refusal(
        _ code: String, _ file: UploadFile, _ place: String, _ reason: String
    ) -> FormatError {
        FormatError(
            code: code, place: "\(PrintableText.of(file.path)), \(PrintableText.of(place))",
            reason: PrintableText.of(reason),
            remedy: "export the track again, with times, in degrees of WGS 84")
    }
}

/// Why a GeoJSON document is refused, and where.
struct GeoJSONError: Error {
    let code: String
    let place: String
    let reason: String
}
