import ArgumentParser
import Canonical
import Geo
import Tiles

/// `waggle tile show`.
struct TileShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an archive's header, metadata and layers.",
        discussion: """
            Everything shown here is what the file says of itself; 'waggle tile stats' counts, 'waggle tile verify' \
            checks.

            EXAMPLES:
              waggle tile show
              waggle tile show --archive other.mbtiles
              waggle tile show --metadata --archive other.pmtiles | jq .vector_layers
              waggle tile show --tilejson > tilejson.json
            """)

    @Flag(help: "Print the metadata and nothing else, as one JSON document.") var metadata = false

    @Flag(help: "Print a TileJSON 3.0.0 document and nothing else.") var tilejson = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if metadata, tilejson { throw ValidationError("--metadata and --tilejson exclude each other") }
    }

    func run() throws {
        let source = try archive.open()
        if metadata {
            Output.write(Array((JSONText.of(try source.metadata()) + "\n").utf8), to: 1)
        } else if tilejson {
            let document = TileJSON(
                try ArchiveDescription(of: source), zooms: try source.zooms() ?? 0...0, tiles: ["{z}/{x}/{y}"]
            )
            Output.write(document.bytes + [0x0A], to: 1)
        } else {
            try show(source)
        }
    }

    private func show(_ source: any TileSource) throws {
        let output = options.output
        let header = ArchiveHeader(source)
        for (name, value) in header.rows {
            output.line(name + String(repeating: " ", count: max(1, 18 - name.count)) + value)
        }
        let metadata = try source.metadata()
        for (name, value) in Self.members(of: metadata) where name != "vector_layers" {
            let text = if case .string(let text) = value { text } else { JSONText.of(value) }
            output.line(name + String(repeating: " ", count: max(1, 18 - name.count)) + text)
        }
        let layers = Self.layers(metadata)
        if !layers.isEmpty {
            output.line()
            output.table(["layer", "zooms", "fields"], layers)
        }
        var members = header.members
        members["metadata"] = (try? CanonicalJSON(metadata)) ?? .null
        members["metadata_json"] = .string(JSONText.of(metadata))
        output.summary(members)
    }

    private static func members(of value: JSONValue?) -> [(name: String, value: JSONValue)] {
        guard case .object(let members)? = value else { return [] }
        return members.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }

    /// Rows of a table: name, zooms and attributes of every layer, as far as the file tells them.
    private static func layers(_ metadata: JSONValue) -> [[String]] {
        guard case .object(let members) = metadata, case .array(let layers)? = members["vector_layers"] else {
            return []
        }
        return layers.map { layer in
            let known = Dictionary(uniqueKeysWithValues: Self.members(of: layer).map { ($0.name, $0.value) })
            let fields = Self.members(of: known["fields"]).map { "\($0.name) (\(text($0.value)))" }
            return [
                text(known["id"]), "\(text(known["minzoom"])) to \(text(known["maxzoom"]))",
                fields.joined(separator: ", "),
            ]
        }
    }

    private static func text(_ value: JSONValue?) -> String {
        switch value {
        case nil: "?"
        case .string(let text)?: text
        case let value?: JSONText.of(value)
        }
    }
}
