import ArgumentParser
import Canonical
import Geo
import Glibc
import Store
import Tiles
import Workspace

/// `waggle tile diff`.
struct TileDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two sets of tiles, tile by tile or feature by feature.",
        discussion: """
            Each of the two is a PMTiles or MBTiles file, or a generation of the workspace, whose vector tiles are \
            compared: 'current', 'previous' or an id. Tiles are compared by their uncompressed contents: how they are \
            packed makes no difference. A line begins with - for a tile that only A has, + for one that only B has, ~ \
            for one that differs.

            With --features every vector tile that differs is taken apart. Features are the same where they have the \
            same identifier; without unique ones, equal features are paired, then those of the same geometry.

            EXAMPLES:
              waggle tile diff previous current
              waggle tile diff previous current --features
              waggle tile diff current mirror.pmtiles
              waggle tile diff old.mbtiles new.pmtiles --json

            EXIT STATUS, as diff(1) has it: 0 no difference; 1 differences, or a failure, which is named on stderr \
            (with --json only a comparison that was finished ends in a summary).
            """)

    @Argument(help: "A file, 'current', 'previous', or the id of a generation.") var a: String
    @Argument(help: "What to compare it with.") var b: String

    @Flag(help: "Say how the features of vector tiles differ.") var features = false

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let (first, second) = (try open(a), try open(b))
        let counts = try TileComparison.run(first, second) { (difference) throws(TileError) in
            show(difference)
            if features, first.tileType == .mvt, second.tileType == .mvt { try showFeatures(difference) }
        }
        output.line(
            counts.areEqual
                ? "\(counts.same) tiles, all the same."
                : "\(counts.same) tiles are the same, \(counts.changed) differ, \(counts.removed) are only in \(a), "
                    + "\(counts.added) only in \(b).")
        output.summary([
            "equal": .bool(counts.areEqual), "same": .integer(counts.same),
            "changed": .integer(counts.changed), "removed": .integer(counts.removed),
            "added": .integer(counts.added),
        ])
        if !counts.areEqual { throw ExitCode.failure }
    }

    private func open(_ name: String) throws -> any TileSource {
        // A file of that name is meant, whatever it is called.
        if access(name, F_OK) == 0 { return try ArchiveOptions.open(name) }
        // Only a generation can be meant by a word without a slash or a dot.
        if !name.contains(where: { "/.".contains($0) }),
            let generation = try PublishedGeneration(named: name, in: try workspace.open(for: .reading))
        {
            return try generation.reader(of: .vector)
        }
        throw ValidationError(
            "'\(name)' is neither a file nor a generation of the workspace: name a PMTiles or MBTiles file, 'current', "
                + "'previous', or an id out of published/generations")
    }

    private func show(_ difference: TileDifference) {
        let more = difference.count > 1 ? " and \(difference.count - 1) more behind it" : ""
        let contents = difference.contents
        let bytes = contents.map { "  \($0.before.count) -> \($0.after.count) bytes" } ?? ""
        options.output.line("\(difference.kind.mark) \(difference.tile)\(more)\(bytes)")
        options.output.record(
            "tile",
            [
                "kind": .string(difference.kind.rawValue), "tile": .string(difference.tile.description),
                "tiles": .integer(difference.count),
                "sha256_before": contents.map { .string(ContentHash.of($0.before).hex) } ?? .null,
                "sha256_after": contents.map { .string(ContentHash.of($0.after).hex) } ?? .null,
            ])
    }

    private func showFeatures(_ difference: TileDifference) throws(TileError) {
        guard let contents = difference.contents else { return }
        let tile = difference.tile
        let layers = FeatureComparison.run(
            try decode(contents.before, tile, a), try decode(contents.after, tile, b))
        if layers.isEmpty { options.output.line("    the same features, encoded in another way") }
        for layer in layers {
            let counts = TileDifference.Kind.allCases.map { kind in
                "\(layer.features.count { $0.kind == kind }) \(kind.rawValue)"
            }
            let extents =
                layer.kind == .changed && layer.extentBefore != layer.extentAfter
                ? ", extent \(layer.extentBefore ?? 0) -> \(layer.extentAfter ?? 0)" : ""
            options.output.line(
                "    \(layer.kind.mark) \(layer.name): \(layer.same) features the same, "
                    + counts.joined(separator: ", ") + extents)
            options.output.record("layer", FeatureDifferenceText.members(layer, tile))
            for feature in layer.features {
                options.output.line("      \(FeatureDifferenceText.line(feature))")
                options.output.record("feature", FeatureDifferenceText.members(feature, layer.name, tile))
            }
        }
    }

    private func decode(_ bytes: [UInt8], _ tile: TileID, _ name: String) throws(TileError) -> VectorTile {
        do throws(TileError) { return try MVTDecoder.decodeWithFaults(bytes).tile } catch {
            throw error.about("\(name), tile \(tile)")
        }
    }
}
