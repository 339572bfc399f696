import ArgumentParser
import Canonical
import Geo
import Store
import Tiles
import Workspace

/// `waggle map`: one picture of the map.
struct MapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Draw the published coverage as one PNG picture.",
        discussion: """
            Every square is one of the 64 x 64 of a tile of zoom 14. A file of that name is replaced.

            EXAMPLES:
              waggle map -o map.png
              waggle map -o quality.png --colour quality --light
            """)

    /// What the squares' colours say.
    enum Colour: String, ExpressibleByArgument, CaseIterable {
        case frames, quality
    }

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
    var output: String

    @Option(help: "What colours mean.") var colour: Colour = .frames

    @Option(help: "The title.") var title = "Waggle coverage"

    @Flag(help: "Draw on a light ground.") var light = false

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let workspace = try workspace.open(for: .reading)
        var leaves: [(tile: TileID, summary: TileSummary)] = []
        try workspace.catalog.forEachSummary(zoom: SquareAddress.leafZoom) { leaves.append(($0, $1)) }
        let style = MapPicture.Style(
            title: title, colouring: colour == .frames ? .coverage : .quality, isDark: !light)
        let picture = try MapPicture.png(of: leaves, style: style)
        try DurableWrite.file(picture, at: output)
        let frames = leaves.reduce(0 as UInt64) { $0 + $1.summary.totalFrames }
        options.output.line("Drew \(frames) frames into \(output).")
        options.output.summary([
            "path": .string(output), "bytes": .integer(picture.count), "frames": .integer(frames),
        ])
    }
}
