import Canonical
import FoundationEssentials
import GRDB
import Geo
import Rewards
import Stages

/// An epoch that has been sealed.
public struct SealedEpoch: Sendable, Equatable {
    /// Its id, as `2025-W51`.
    public let id: String
    /// The time of the run that sealed it.
    public let sealedAsOf: UTCTime
    /// How many uploads waited unread when it was sealed.
    public let pendingUploads: Int64
    /// The hash of its manifest's body; nil until that is published.
    public let body: ContentHash?
    /// Whether its challenge is over, and was said to be.
    public let isFinal: Bool
}

extension Catalog {
    /// The sealed epochs in order.
    public func sealedEpochs() throws -> [SealedEpoch] {
        try pool.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT id, sealed_as_of, pending_uploads, body_sha256, final FROM epochs ORDER BY id"
            ).map { row in
                SealedEpoch(
                    id: row[0], sealedAsOf: UTCTime(milliseconds: row[1]), pendingUploads: row[2],
                    body: (row[3] as Data?).flatMap { ContentHash(bytes: $0) }, isFinal: row[4])
            }
        }
    }

    /// Seals the epoch `id` in one transaction: from now on it counts every frame that no epoch counts yet, that
    /// was captured before `end` and received before `deadline`. Frames without a capture time go by their receipt.
    /// It will publish every takedown, bounty and correction from before `deadline` that none publishes yet; later ones
    /// come too late for it.
    public func seal(_ id: String, end: UTCTime, deadline: UTCTime, pendingUploads: Int) throws {
        let open = EpochSelection.open(end: end, deadline: deadline)
        try pool.write { database in
            try database.execute(
                sql: "INSERT INTO epochs (id, sealed_as_of, pending_uploads) VALUES (?, ?, ?)",
                arguments: [id, deadline.milliseconds, pendingUploads])
            let (frames, records, later) = (open.frames, open.records, open.frameTakenDownLater)
            try database.execute(
                sql: """
                    UPDATE frames AS f SET verdict = 'accepted', rule = NULL, message = NULL
                    WHERE \(frames.sql) AND \(later.sql)
                    """, arguments: frames.arguments + later.arguments)
            try database.execute(
                sql: "UPDATE frames AS f SET epoch = ? WHERE \(frames.sql)",
                arguments: [id] + frames.arguments)
            for table in ["takedowns", "bounties", "corrections"] {
                try database.execute(
                    sql: "UPDATE \(table) SET epoch = ? WHERE \(records.sql)",
                    arguments: [id] + records.arguments)
            }
        }
    }

    /// Notes in one transaction that the epoch's manifest is published, and what it leaves to the next one.
    public func markPublished(_ settlement: EpochSettlement) throws {
        let id = settlement.manifest.epoch.id
        try pool.write { database in
            try database.execute(
                sql: "UPDATE epochs SET body_sha256 = ? WHERE id = ?",
                arguments: [Data(settlement.manifest.contentHash.bytes), id])
            try database.execute(sql: "DELETE FROM passes WHERE epoch = ?", arguments: [id])
            let pass = try database.makeStatement(
                sql: "INSERT INTO passes (cell, octant, covered_at, epoch) VALUES (?, ?, ?, ?)")
            for covered in settlement.passes {
                try pass.execute(arguments: [
                    Int64(bitPattern: covered.coverage.cell.bits), Int64(covered.coverage.octant.number),
                    covered.coveredAt.milliseconds, id,
                ])
            }
            let account = try database.makeStatement(
                sql: "INSERT OR REPLACE INTO accounts (contributor, total, owed, debt) VALUES (?, ?, ?, ?)")
            for (contributor, left) in settlement.accounts {
                try account.execute(arguments: [
                    contributor, Int64(bitPattern: left.total), Int64(bitPattern: left.owed),
                    Int64(bitPattern: left.debt),
                ])
            }
            let award = try database.makeStatement(
                sql: "INSERT OR IGNORE INTO awards (epoch, contributor) VALUES (?, ?)")
            for contributor in settlement.awarded { try award.execute(arguments: [id, contributor]) }
            let trust = try database.makeStatement(
                sql:
                    "INSERT OR REPLACE INTO device_trust (contributor, device, epoch, permille) VALUES (?, ?, ?, ?)"
            )
            for device in settlement.trust {
                try trust.execute(arguments: [device.contributor, device.device ?? "", id, device.permille])
            }
        }
    }

    /// Notes that the challenge of the epoch `id` is over.
    public func markFinal(_ id: String) throws {
        try pool.write { try $0.execute(sql: "UPDATE epochs SET final = 1 WHERE id = ?", arguments: [id]) }
    }

    /// When sealed epochs before `epoch` covered each of `coverages`.
    public func coverageHistory(_ coverages: some Collection<Coverage>, before epoch: String) throws
        -> CoverageHistory
    {
        try pool.read { database in
            guard try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM passes)") == true else {
                return CoverageHistory()
            }
            let statement = try database.makeStatement(
                sql:
                    "SELECT covered_at FROM passes WHERE cell = ? AND octant = ? AND epoch < ? ORDER BY covered_at"
            )
            var entries: [CoverageHistory.Entry] = []
            for coverage in coverages {
                let times = try Int64.fetchAll(
                    statement,
                    arguments: [Int64(bitPattern: coverage.cell.bits), Int64(coverage.octant.number), epoch])
                entries += times.map { .init(coverage, at: UTCTime(milliseconds: $0)) }
            }
            return CoverageHistory(entries)
        }
    }

    /// What published epochs left to the next one, without history, manifests' hashes and drives.
    public func chainState(before epoch: String) throws -> ChainState {
        var state = ChainState()
        state.takedowns = try takedowns(publishedBefore: epoch)
        state.bounties = try bounties(publishedBefore: epoch)
        for correction in try corrections(publishedBefore: epoch) { state.publish(correction: correction.id) }
        try pool.read { database in
            let accounts = try Row.fetchCursor(
                database, sql: "SELECT contributor, total, owed, debt FROM accounts")
            while let row = try accounts.next() {
                state.set(
                    .init(
                        total: UInt64(bitPattern: row[1]), owed: UInt64(bitPattern: row[2]),
                        debt: UInt64(bitPattern: row[3])), of: row[0])
            }
            let trust = try Row.fetchCursor(
                database, sql: "SELECT contributor, device, epoch, permille FROM device_trust")
            while let row = try trust.next() {
                guard let last = Epoch(id: row[2]) else {
                    throw CatalogDamage("an epoch of a device's trust")
                }
                let device: String = row[1]
                state.set(
                    .init(epoch: last, permille: row[3]), of: device.isEmpty ? nil : device,
                    contributor: row[0])
            }
        }
        return state
    }

    /// Whether the published epoch has an award of the contributor.
    public func hasAward(of contributor: String, in epoch: Epoch) throws -> Bool {
        try pool.read {
            try Bool.fetchOne(
                $0, sql: "SELECT EXISTS (SELECT 1 FROM awards WHERE epoch = ? AND contributor = ?)",
                arguments: [epoch.id, contributor])
        } ?? false
    }

    /// How many frames no epoch counts, and how many of these were not compared with all others yet.
    public func openFrames() throws -> (total: Int64, pending: Int64) {
        try pool.read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT count(*), ifnull(sum(pending), 0) FROM frames WHERE epoch IS NULL")
            return (row?[0] ?? 0, row?[1] ?? 0)
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
