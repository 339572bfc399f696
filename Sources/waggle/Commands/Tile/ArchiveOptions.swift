import ArgumentParser
import Store
import Tiles
import Workspace

/// Which archive a command looks into.
struct ArchiveOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A PMTiles archive; without it, the published vector tiles.", valueName: "file"))
    var archive: String?

    @OptionGroup var workspace: WorkspaceOptions

    func open() throws -> PMTilesReader {
        if let archive { return try PMTilesReader(try ArchiveFile(archive)) }
        let workspace = try workspace.open(for: .reading)
        guard
            let reader = try PublishedGeneration(current: workspace.layout)?.reader(of: ArchiveNames.coverage)
        else {
            throw ValidationError(
                "nothing is published yet: run 'waggle build' first, or name a file with --archive")
        }
        return reader
    }
}
