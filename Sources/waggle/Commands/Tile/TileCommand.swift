import ArgumentParser

/// `waggle tile`: looks into tiles.
struct TileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tile",
        abstract: "Look into the published tiles, or into any PMTiles or MBTiles file.",
        discussion: """
            Every command works on the published vector tiles, and with --archive FILE on any other file, told apart \
            by its contents. Tiles are written Z/X/Y with row 0 in the north, in MBTiles files as well.

            WHERE TO FIND WHAT OTHER TOOLS DO:
              pmtiles show FILE                    waggle tile show --archive FILE
              pmtiles show FILE --metadata         waggle tile show --metadata --archive FILE
              pmtiles show FILE --tilejson         waggle tile show --tilejson --archive FILE
              pmtiles tile FILE Z X Y              waggle tile decode Z/X/Y --raw --archive FILE
              pmtiles verify FILE                  waggle tile verify --archive FILE
              pmtiles convert IN.mbtiles OUT       waggle tile export OUT.pmtiles --archive IN.mbtiles
              pmtiles cluster FILE                 waggle tile export OUT.pmtiles --archive FILE
              tippecanoe-decode FILE Z X Y         waggle tile decode Z/X/Y --archive FILE
              tippecanoe-decode -l NAME FILE ...   waggle tile decode Z/X/Y --layer NAME --archive FILE
              tippecanoe-decode -S FILE            waggle tile stats --archive FILE
              tippecanoe-enumerate FILE            waggle tile ls --no-hash --archive FILE
              tile-join -e DIRECTORY FILE          waggle tile export DIRECTORY --archive FILE
              mbtiles summary FILE                 waggle tile stats --archive FILE
              mbtiles meta-all FILE                waggle tile show --archive FILE
              mb-util FILE DIRECTORY               waggle tile export DIRECTORY --archive FILE

            EXAMPLES:
              waggle tile show
              waggle tile stats --archive other.mbtiles
              waggle tile top -n 5
              waggle tile at 48.2,11.0
              waggle tile decode 14/8693/5670 > tile.geojson
              waggle tile ls --zoom 14 --json
              waggle tile export map.mbtiles
            """,
        subcommands: [
            TileShowCommand.self, TileStatsCommand.self, TileTopCommand.self, TileLsCommand.self,
            TileAtCommand.self, TileDecodeCommand.self, TileExportCommand.self,
            TileVerifyCommand.self, TileExplainCommand.self, TileDirtyCommand.self,
        ])
}
