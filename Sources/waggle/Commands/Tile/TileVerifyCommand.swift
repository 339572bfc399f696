import ArgumentParser
import Canonical
import Tiles
import Workspace

/// `waggle tile verify`.
struct TileVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify archives: everything that is wrong, not the first thing.",
        discussion: """
            Checks header, sections, directories, order of contents, counts, zooms, bounds and metadata of a PMTiles \
            archive. With --contents every content is inflated and every tile is read as well: vector tiles strictly \
            by their specification, PNG down to the pixels, and whether all zooms show equally many frames. An \
            archive of ours is held against generation.json beside it: with --contents that finds any changed bit.

            Of an MBTiles file the rows, the metadata and, with --contents, the tiles are checked in the same way.

            Errors break a rule. Warnings break none, but say that something is not as it should be: a writer left \
            out a value it could have given, or a ring has no area.

            EXAMPLES:
              waggle tile verify --contents                  the published archives
              waggle tile verify other.pmtiles               the structure alone, of any archive
              waggle tile verify copy.pmtiles --contents --record published/current/generation.json

            EXIT STATUS: 0 no error; 4 errors found.
            """)

    @Argument(
        help: ArgumentHelp(
            "A PMTiles archive or an MBTiles file; without it, all archives of the published generation.",
            valueName: "file"))
    var file: String?

    @Option(help: ArgumentHelp("The same, as the other commands of 'tile' have it.", valueName: "file"))
    var archive: String?

    @Flag(help: "Inflate and read every tile as well.")
    var contents = false

    @Option(
        help: ArgumentHelp(
            "The record that names the archive; without it, generation.json beside the archive.",
            valueName: "file"))
    var record: String?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if file != nil, archive != nil { throw ValidationError("name one archive, FILE or --archive FILE") }
        if record != nil, file ?? archive == nil { throw ValidationError("--record needs an archive") }
    }

    func run() throws {
        let verified = try verify()
        for archive in verified { show(archive) }
        let (errors, warnings) = verified.reduce(into: (0, 0)) { sums, archive in
            sums.0 += archive.report.errors
            sums.1 += archive.report.warnings
        }
        options.output.summary([
            "archives": .integer(verified.count), "contents": .bool(contents), "errors": .integer(errors),
            "warnings": .integer(warnings),
        ])
        if errors > 0 { throw Failure.damage }
    }

    private func verify() throws -> [TileVerification.Verified] {
        if let file = file ?? archive {
            return [TileVerification.file(file, record: record, readsContents: contents)]
        }
        let layout = try workspace.open(for: .reading).layout
        guard let verified = try TileVerification.published(layout, readsContents: contents) else {
            throw ValidationError("nothing is published yet: run 'waggle build' first, or name an archive")
        }
        return verified
    }

    private func show(_ archive: TileVerification.Verified) {
        let (output, report) = (options.output, archive.report)
        for finding in report.findings {
            output.note("\(finding.code.isWarning ? "warning" : "error"): \(archive.path): \(finding)")
            output.record(
                "finding", finding.members.merging(["archive": .string(archive.path)]) { $1 })
        }
        let record = archive.record.map { ", held against \($0)" } ?? ""
        output.line(
            "\(archive.path): \(report.tiles) tiles, \(report.contents) contents, \(report.contentsRead) read\(record)"
        )
        for layer in report.layers {
            let overhang =
                layer.overhangPermille == 0
                ? "" : ", reaches \(layer.overhangPermille)/1000 of a tile beyond its edges"
            output.line(
                "  layer \(layer.name): zooms \(layer.zooms.lowerBound) to \(layer.zooms.upperBound), "
                    + "\(layer.features) features in \(layer.contents) contents\(overhang)")
        }
        for omission in report.notLookedAt { output.line("  not looked at: \(omission)") }
        for (code, count) in report.counts {
            output.line("  \(code.isWarning ? "warning" : "error") \(code.rawValue): \(count)")
        }
        output.line(
            report.isSound
                ? "  sound" + (report.warnings > 0 ? ", with \(report.warnings) warnings" : "")
                : "  \(report.errors) errors, \(report.warnings) warnings")
        output.record("archive", members(archive))
    }

    private func members(_ archive: TileVerification.Verified) -> [String: CanonicalJSON] {
        let report = archive.report
        let counts = Dictionary(
            report.counts.map { ($0.code.rawValue, CanonicalJSON.integer($0.count)) },
            uniquingKeysWith: { $1 })
        return [
            "archive": .string(archive.path), "record": archive.record.map { .string($0) } ?? .null,
            "tiles": .integer(report.tiles), "contents": .integer(report.contents),
            "contents_read": .integer(report.contentsRead), "errors": .integer(report.errors),
            "warnings": .integer(report.warnings), "counts": .object(counts),
            "layers": .array(
                report.layers.map { layer in
                    .object([
                        "layer": .string(layer.name), "min_zoom": .integer(layer.zooms.lowerBound),
                        "max_zoom": .integer(layer.zooms.upperBound), "contents": .integer(layer.contents),
                        "features": .integer(layer.features),
                        "overhang_permille": .integer(layer.overhangPermille),
                    ])
                }),
            "not_looked_at": .array(report.notLookedAt.map { .string($0) }),
        ]
    }
}
