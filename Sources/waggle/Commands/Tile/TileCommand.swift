import ArgumentParser

/// `waggle tile`: looks into tiles.
struct TileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tile",
        abstract: "Look into the published tiles, or into any PMTiles archive.",
        discussion: """
            EXAMPLES:
              waggle tile show
              waggle tile stats
              waggle tile at 48.2,11.0
              waggle tile decode 14/8693/5670 > tile.geojson
              waggle tile stats --archive other.pmtiles
            """,
        subcommands: [
            TileShowCommand.self, TileStatsCommand.self, TileAtCommand.self, TileDecodeCommand.self,
            TileVerifyCommand.self,
        ])
}
