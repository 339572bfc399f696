import ArgumentParser
import Glibc
import Store
import Tiles
import Workspace

/// Which archive a command looks into.
struct ArchiveOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A PMTiles archive or an MBTiles file, told apart by their contents; without it, the published vector "
                + "tiles.",
            valueName: "file"))
    var archive: String?

    @OptionGroup var workspace: WorkspaceOptions

    /// The archive, opened.
    func open() throws -> any TileSource {
        if let archive { return try Self.open(archive) }
        let workspace = try workspace.open(for: .reading)
        guard
            let reader = try PublishedGeneration(current: workspace.layout)?.reader(of: .vector)
        else {
            throw ValidationError(
                "nothing is published yet: run 'waggle build' first, or name a file with --archive")
        }
        return reader
    }

    /// The archive `path`, opened; errors name it.
    static func open(_ path: String) throws -> any TileSource {
        do {
            return try TileArchive.open(path)
        } catch let error as TileError {
            throw error.about(path)
        } catch let error as FileFailure where error.code == EINVAL {
            throw ValidationError(
                "\(path) is a directory or a device: name a PMTiles archive or an MBTiles file")
        }
    }
}
