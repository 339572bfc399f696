import ArgumentParser
import Geo
import Tiles

/// Which tile a command is about.
struct TileArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The tile, as Z/X/Y or Z X Y (row 0 in the north).", valueName: "z/x/y"))
    var numbers: [String]

    func tile() throws -> TileID {
        let text = numbers.joined(separator: "/")
        guard let tile = TileID(text: text) else {
            throw ValidationError(
                "'\(numbers.joined(separator: " "))' is no tile: write ZOOM/COLUMN/ROW, as 14/8693/5670, zoom 0 to "
                    + "\(TileID.maxZoom), column and row below 2^zoom")
        }
        return tile
    }
}
