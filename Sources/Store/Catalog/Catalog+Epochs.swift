import Canonical
import FoundationEssentials
import GRDB
import Geo
import Stages

/// An epoch that has been sealed.
public struct SealedEpoch: Sendable, Equatable {
    /// Its id, as `2025-W51`.
    public let id: String
    /// The time of the run that sealed it.
    public let sealedAsOf: UTCTime
    /// The hash of its manifest's body; nil until that is published.
    public let body: ContentHash?
}

extension Catalog {
    /// The sealed epochs in order.
    public func sealedEpochs() throws -> [SealedEpoch] {
        try pool.read { database in
            try Row.fetchAll(database, sql: "SELECT id, sealed_as_of, body_sha256 FROM epochs ORDER BY id")
                .map { row in
                    SealedEpoch(
                        id: row[0], sealedAsOf: UTCTime(milliseconds: row[1]),
                        body: (row[2] as Data?).flatMap { ContentHash(bytes: $0) })
                }
        }
    }

    /// Seals the epoch `id` in one transaction: from now on it counts every frame that no epoch counts yet, that
    /// was captured before `end` and received before `deadline`. Frames without a capture time go by their receipt.
    /// Its manifest will publish every takedown from before `deadline` that none publishes yet; later ones come too late
    /// to take away what it pays.
    public func seal(_ id: String, end: UTCTime, deadline: UTCTime, asOf: UTCTime) throws {
        try pool.write { database in
            try database.execute(
                sql: "INSERT INTO epochs (id, sealed_as_of) VALUES (?, ?)",
                arguments: [id, asOf.milliseconds])
            try database.execute(
                sql: """
                    UPDATE frames SET epoch = ? WHERE epoch IS NULL
                    AND min(ifnull(captured_at, received_at), received_at) < ? AND received_at < ?
                    """, arguments: [id, end.milliseconds, deadline.milliseconds])
            try database.execute(
                sql: "UPDATE takedowns SET epoch = ? WHERE epoch IS NULL AND at < ?",
                arguments: [id, deadline.milliseconds])
            try database.execute(
                sql: """
                    UPDATE frames SET verdict = 'accepted', rule = NULL, message = NULL
                    WHERE epoch = ? AND rule = 'takedown'
                        AND withdrawn IN (SELECT id FROM takedowns WHERE at >= ?)
                    """, arguments: [id, deadline.milliseconds])
        }
    }

    /// Notes in one transaction that the epoch's manifest is published, and when its passes covered what.
    public func markPublished(_ id: String, body: ContentHash, passes: [Pass]) throws {
        try pool.write { database in
            try database.execute(
                sql: "UPDATE epochs SET body_sha256 = ? WHERE id = ?", arguments: [Data(body.bytes), id])
            try database.execute(sql: "DELETE FROM passes WHERE epoch = ?", arguments: [id])
            let insert = try database.makeStatement(
                sql: "INSERT INTO passes (cell, octant, covered_at, epoch) VALUES (?, ?, ?, ?)")
            for pass in passes {
                try insert.execute(arguments: [
                    Int64(bitPattern: pass.coverage.cell.bits), Int64(pass.coverage.octant.number),
                    pass.coveredAt.milliseconds, id,
                ])
            }
        }
    }

    /// When sealed epochs before `epoch` covered each of `coverages`.
    public func coverageHistory(_ coverages: some Sequence<Coverage>, before epoch: String) throws
        -> [Coverage: [UTCTime]]
    {
        try pool.read { database in
            let statement = try database.makeStatement(
                sql:
                    "SELECT covered_at FROM passes WHERE cell = ? AND octant = ? AND epoch < ? ORDER BY covered_at"
            )
            var history: [Coverage: [UTCTime]] = [:]
            for coverage in coverages {
                let times = try Int64.fetchAll(
                    statement,
                    arguments: [Int64(bitPattern: coverage.cell.bits), Int64(coverage.octant.number), epoch])
                if !times.isEmpty { history[coverage] = times.map(UTCTime.init(milliseconds:)) }
            }
            return history
        }
    }

    /// Times by which epochs with uncounted frames can be told: for every day with such frames, the day and the
    /// earliest receipt.
    public func openDays() throws -> [(day: CalendarDay, earliestReceipt: UTCTime)] {
        try pool.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT min(ifnull(captured_at, received_at), received_at) / 86400000, min(received_at)
                    FROM frames WHERE epoch IS NULL GROUP BY 1 ORDER BY 1
                    """
            ).map { (CalendarDay(number: $0[0]), UTCTime(milliseconds: $0[1])) }
        }
    }
}
