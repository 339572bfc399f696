import Canonical
import FoundationEssentials
import GRDB
import Geo
import Stages

extension Catalog {
    /// The kept fixes of the drive `name`, part by part in order of time; empty where there is no such drive.
    public func trace(ofDrive name: String) throws -> [[TracePoint]] {
        let row = try pool.read {
            try Row.fetchOne($0, sql: "SELECT trace FROM drives WHERE name = ?", arguments: [name])
        }
        guard let row else { return [] }
        guard let parts = PackedTrace.parts(Array(row[0] as Data)) else {
            throw CatalogDamage("the trace of drive \(name)")
        }
        return parts
    }

    /// The traces of all drives, to be held against each other, by the names of the drives.
    public func comparedTraces() throws -> [ComparedTrace] {
        try pool.read { database in
            var traces: [ComparedTrace] = []
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT d.name, u.contributor, d.device, u.received_at, d.trace
                    FROM drives d JOIN uploads u ON u.id = d.upload ORDER BY d.name
                    """)
            while let row = try rows.next() {
                guard let parts = PackedTrace.parts(Array(row[4] as Data)) else {
                    throw CatalogDamage("the trace of drive \(row[0] as String)")
                }
                traces.append(
                    ComparedTrace(
                        drive: row[0], contributor: row[1], device: row[2],
                        receivedAt: UTCTime(milliseconds: row[3]), parts: parts))
            }
            return traces
        }
    }

    /// The directories in which the upload `name` was seen, in the order of their paths; some may be gone.
    public func directories(ofUpload name: String) throws -> [String] {
        try pool.read {
            try String.fetchAll(
                $0,
                sql: """
                    SELECT s.path FROM sightings s JOIN uploads u ON u.id = s.upload
                    WHERE u.name = ? ORDER BY s.path
                    """, arguments: [name])
        }
    }
}
