import Canonical

/// The rows of the table `metadata` (MBTiles 1.3, "Metadata").
enum MBTilesMetadata {
    /// The rows that say what `description` does, sorted by name.
    static func rows(
        of description: ArchiveDescription, zooms: ClosedRange<UInt8>
    ) -> [(name: String, value: String)] {
        let (bounds, metadata) = (description.bounds, description.metadata)
        func degrees(_ valuesE7: Int32...) -> String {
            valuesE7.map { DegreeText.plain($0) }.joined(separator: ",")
        }
        let center = bounds.center
        var rows = [
            "name": metadata.name, "format": format(description.tileType), "type": metadata.type,
            "minzoom": String(zooms.lowerBound), "maxzoom": String(zooms.upperBound),
            "bounds": degrees(bounds.westE7, bounds.southE7, bounds.eastE7, bounds.northE7),
            "center":
                "\(degrees(center.longitudeE7, center.latitudeE7)),\(bounds.centerZoom(in: zooms))",
        ]
        rows["attribution"] = metadata.attribution
        rows["description"] = metadata.description
        rows["version"] = metadata.version
        rows["json"] = metadata.layers.map { layers in
            CanonicalJSON.object(["vector_layers": .array(layers.map(\.json))]).text
        }
        return rows.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }

    /// The word of the row `format`. Vector tiles are `pbf`: the word that GDAL and older readers know.
    private static func format(_ type: PMTilesHeader.TileType) -> String {
        switch type {
        case .mvt: "pbf"
        case .jpeg: "jpg"
        case .png, .webp, .avif, .mlt, .other: "\(type)"
        }
    }

    /// What the word of the row `format` stands for.
    static func tileType(_ format: String) -> PMTilesHeader.TileType {
        switch format {
        case "pbf", "mvt": .mvt
        case "png": .png
        case "jpg", "jpeg": .jpeg
        case "webp": .webp
        case "avif": .avif
        case "mlt": .mlt
        default: .other
        }
    }
}

extension MBTilesReader {
    /// The rows of `metadata` as one object. The members of the row `json` stand among them, as they do in the
    /// metadata of a PMTiles archive.
    ///
    /// - Throws: ``TileError`` for a row twice, or a row `json` that is no JSON object.
    public func metadata() throws(TileError) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for (name, value) in try metadataRows() {
            guard name == "json" else {
                members[name] = .string(value)
                continue
            }
            do throws(JSONError) {
                guard case .object(let inner) = try JSONReader.read(Array(value.utf8)) else {
                    throw JSONError(reason: "no object", place: "byte 0")
                }
                members.merge(inner) { row, _ in row }
            } catch {
                throw TileError(.malformed, row: 0, "metadata row 'json': \(error)")
            }
        }
        return .object(members)
    }

    /// The bounds that the metadata claims; nil where there are none that make sense.
    public var claimedBounds: MapBounds? {
        guard let rows = try? metadataRows(), let text = rows["bounds"] else { return nil }
        let edges = text.split(separator: ",", omittingEmptySubsequences: false).compactMap {
            DegreeText.valueE7(String($0))
        }
        guard edges.count == 4 else { return nil }
        return MapBounds(westE7: edges[0], southE7: edges[1], eastE7: edges[2], northE7: edges[3])
    }

    private func metadataRows() throws(TileError) -> [String: String] {
        var rows: [String: String] = [:]
        var left = limits.metadataBytes
        let query = try SQLiteQuery("SELECT name, value FROM metadata", of: file)
        while try query.next() {
            // A name without a value says nothing.
            if query.isNull(1) { continue }
            let (name, value) = (query.text(0), query.text(1))
            left -= name.utf8.count + value.utf8.count + 64
            guard left >= 0 else {
                throw TileError(.overLimit, row: 0, "metadata of more than \(limits.metadataBytes) bytes")
            }
            guard rows.updateValue(value, forKey: name) == nil else {
                throw TileError(.malformed, row: 0, "the metadata has '\(name)' twice")
            }
        }
        return rows
    }
}
