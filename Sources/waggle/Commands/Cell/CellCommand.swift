import ArgumentParser

/// `waggle cell`: the cells of coverage.
struct CellCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cell",
        abstract: "List the cells that are covered, or show what a pass through one is worth.",
        discussion: """
            A cell is a geohash of the ruleset's precision, the unit of coverage. A pass, one drive through one cell in \
            one of eight octants of heading, earns the more, the longer that octant was not covered.

            EXAMPLES:
              waggle cell list --stale 30d
              waggle cell list --bbox 37.70,-122.52,37.83,-122.35 --json
              waggle cell show u281z7hd
            """,
        subcommands: [CellListCommand.self, CellShowCommand.self])
}
