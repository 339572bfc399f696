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
        abstract: "Draw the map as one PNG picture, with legend and scale.",
        discussion: """
            Shows all frames, or the part that --bbox names: SOUTH,WEST,NORTH,EAST in degrees (with a west edge
            greater than the east edge it reaches over the antimeridian), or a geohash. A western or southern number
            wants an equals sign: --bbox=-34.1,150.9,-33.6,151.4.

            The picture is about 1200 pixels wide, whatever it shows. --zoom Z draws in the pixels of that zoom
            instead, at which the world is 256 x 2^Z pixels wide: the same scale for every part and every month.

            --colour frames counts them, with a colour for every power of two; quality is their mean in permille;
            freshness is the quarter of the year that last saw a square.

            A file of the same name is replaced.

            EXAMPLES:
              waggle map -o map.png
              waggle map --colour quality --light -o quality.png
              waggle map --bbox 37.70,-122.52,37.83,-122.35 --zoom 14 -o san-francisco.png
              waggle map --bbox 9q8zn --colour freshness --title "Mission Bay" -o bay.png
            """)

    /// What the squares' colours say.
    enum Colour: String, ExpressibleByArgument, CaseIterable {
        case frames, quality, freshness

        var style: RasterStyle {
            switch self {
            case .frames: .coverage
            case .quality: .quality
            case .freshness: .freshness
            }
        }
    }

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
    var output: String

    @Option(help: ArgumentHelp("The part to show: SOUTH,WEST,NORTH,EAST or a geohash.", valueName: "part"))
    var bbox: MapPart?

    @Option(help: "Draw in the pixels of this zoom, 0 to 20.") var zoom: Int?

    @Option(help: "What colours mean.") var colour: Colour = .frames

    @Option(help: "The title.") var title: String?

    @Flag(help: "Draw on a light ground.") var light = false

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if let zoom, !MapPicture.zooms.contains(zoom) {
            throw ValidationError("--zoom \(zoom): zooms are 0 (the world in 256 pixels) to 20")
        }
    }

    func run() throws {
        let workspace = try workspace.open(for: .reading)
        let style = MapPicture.Style(
            title: title ?? "Waggle \(colour.style.rawValue)", colouring: colour.style, isDark: !light)
        let picture: MapPicture
        do {
            picture = try MapPicture(part: bbox, zoom: zoom, style: style) {
                try workspace.catalog.forEachSummary(zoom: SquareAddress.leafZoom, $0)
            }
        } catch let error as MapPicture.TooLarge {
            throw ValidationError(
                """
                at zoom \(zoom ?? 0) the map has \(error.width) x \(error.height) pixels, and at most \
                \(error.limit) are drawn: use --zoom \(error.zoom), or show less with --bbox
                """)
        }
        try DurableWrite.file(picture.png, at: output)
        options.output.line(
            "Drew \(picture.frames) frames in \(picture.squares) squares of zoom \(picture.zoom) tiles into \(output)."
        )
        options.output.summary([
            "path": .string(output), "bytes": .integer(picture.png.count),
            "frames": .integer(picture.frames), "squares": .integer(picture.squares),
            "zoom": .integer(picture.zoom), "width": .integer(picture.width),
            "height": .integer(picture.height),
        ])
    }
}

extension MapPart: ExpressibleByArgument {
    /// `SOUTH,WEST,NORTH,EAST` in degrees, or a geohash.
    public init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false)
        if numbers.count == 1 {
            guard let geohash = Geohash(argument) else { return nil }
            self.init(geohash)
            return
        }
        let degrees = numbers.compactMap { Double($0) }
        guard numbers.count == 4, degrees.count == 4, degrees.allSatisfy({ abs($0) <= 180 }) else {
            return nil
        }
        let edges = degrees.map { Int(($0 * 1e7).rounded(.toNearestOrEven)) }
        self.init(southE7: edges[0], westE7: edges[1], northE7: edges[2], eastE7: edges[3])
    }
}
