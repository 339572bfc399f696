import ArgumentParser
import Canonical
import Geo
import Store
import Tiles
import Workspace

/// `waggle tile dirty`.
struct TileDirtyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dirty",
        abstract: "Say what the next build would make anew, and which drives are the reason.",
        discussion: """
            Changes nothing. A tile is dirty when a drive's frames in it have changed, and so are all tiles above it.

            EXAMPLES:
              waggle tile dirty
              waggle tile dirty --json | jq -r 'select(.type == "tile").tile'
            """)

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let dirty = try DirtyMap(of: try workspace.open(for: .reading))
        let output = options.output
        let tiles = dirty.tiles.map { (id: $0.id, tile: $0) }.sorted { $0.id < $1.id }.map(\.tile)
        if tiles.isEmpty, dirty.blocks.isEmpty {
            output.line("Nothing is dirty: a build would change nothing.")
        } else {
            output.line(
                "\(dirty.drives.count) changed drives make \(tiles.count) tiles and \(dirty.blocks.count) files of cells dirty."
            )
            for drive in dirty.drives { output.line("  drive \(drive.name)") }
            output.table(
                ["zoom", "dirty tiles"],
                Dictionary(grouping: tiles, by: \.zoom).sorted { $0.key < $1.key }.map {
                    [String($0.key), String($0.value.count)]
                })
        }
        for drive in dirty.drives { output.record("drive", ["drive": .string(drive.name)]) }
        for tile in tiles { output.record("tile", ["tile": .string(tile.description)]) }
        for block in dirty.blocks { output.record("cells", ["geohash": .string(block.description)]) }
        output.summary([
            "drives": .integer(dirty.drives.count), "tiles": .integer(tiles.count),
            "cells": .integer(dirty.blocks.count),
        ])
    }
}
