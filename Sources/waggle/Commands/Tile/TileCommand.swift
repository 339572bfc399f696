import ArgumentParser

/// `waggle tile`: looks into tiles.
struct TileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tile",
        abstract: "Look into the published tiles, or into any PMTiles or MBTiles file.",
        discussion: """
            Every command looks into the published vector tiles, or with --archive into \
            any PMTiles or MBTiles file, told apart by its contents. Tiles are written \
            Z/X/Y with row 0 in the north, those of MBTiles files as well.

            IF YOU KNOW                            ASK waggle tile (with --archive FILE)
              pmtiles show FILE                    show
              pmtiles show FILE --metadata         show --metadata
              pmtiles show FILE --tilejson         show --tilejson
              pmtiles tile FILE Z X Y              decode Z X Y --raw
              pmtiles verify FILE                  verify FILE [--contents]
              pmtiles convert FILE OUT             export OUT.pmtiles
              pmtiles cluster FILE                 export OUT.pmtiles
              tippecanoe-decode FILE Z X Y         decode Z X Y
              tippecanoe-decode -l L FILE Z X Y    decode Z X Y --layer L
              tippecanoe-decode -S FILE            stats, top
              tippecanoe-enumerate FILE            ls --no-hash
              tile-join -e DIR FILE                export DIR
              mb-util FILE DIR                     export DIR
              mbtiles summary FILE                 stats
              mbtiles meta-all FILE                show
              mbtiles diff FILE OTHER              diff FILE OTHER
              mbtiles validate FILE                verify FILE --contents

            EXAMPLES:
              waggle tile show
              waggle tile stats --archive other.mbtiles
              waggle tile top -n 5
              waggle tile at 48.2,11.0
              waggle tile decode 14/8693/5670 > tile.geojson
              waggle tile render 14/8693/5670 -o tile.png
              waggle tile diff previous current --features
              waggle tile ls --zoom 14 --json
              waggle tile export map.mbtiles
            """,
        subcommands: [
            TileShowCommand.self, TileStatsCommand.self, TileTopCommand.self, TileLsCommand.self,
            TileAtCommand.self, TileDecodeCommand.self, TileRenderCommand.self, TileExportCommand.self,
            TileVerifyCommand.self, TileDiffCommand.self, TileExplainCommand.self, TileDirtyCommand.self,
        ])
}
