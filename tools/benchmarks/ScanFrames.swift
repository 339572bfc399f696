import ArgumentParser
import GRDBSQLite

/// `bench scan`: reads what a map needs of every accepted frame and does nothing with it. No build of all tiles from the
/// catalog can take less.
struct ScanFrames: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Read the accepted frames of a workspace.", shouldDisplay: false)

    @Option(help: "The workspace.") var workspace: String

    private static let query = """
        SELECT drive, captured_at, latitude_e7, longitude_e7, heading, quality FROM frames WHERE verdict = 'accepted'
        """

    func run() throws {
        var (database, statement): (OpaquePointer?, OpaquePointer?)
        defer {
            sqlite3_finalize(statement)
            sqlite3_close(database)
        }
        guard
            sqlite3_open_v2("\(workspace)/catalog.sqlite", &database, SQLITE_OPEN_READONLY, nil) == SQLITE_OK,
            sqlite3_prepare_v2(database, Self.query, -1, &statement, nil) == SQLITE_OK
        else { throw BenchmarkError("cannot read \(workspace)/catalog.sqlite") }
        var (rows, sum) = (0, Int64(0))
        while sqlite3_step(statement) == SQLITE_ROW {
            for column in 0..<Int32(6) { sum &+= sqlite3_column_int64(statement, column) }
            rows += 1
        }
        print("\(rows) frames, \(sum)")
    }
}
