import Canonical
import FoundationEssentials
import GRDB
import Rewards

extension Catalog {
    /// The rulesets that follow `first`, which the workspace was made with.
    ///
    /// - Throws: ``CatalogDamage`` where they cannot.
    public func rulesets(following first: Ruleset) throws -> RulesetSchedule {
        var schedule = RulesetSchedule(first)
        let rows = try pool.read {
            try Row.fetchAll($0, sql: "SELECT epoch, adopted_at, ruleset FROM rulesets ORDER BY epoch")
        }
        for row in rows {
            let id: String = row[0]
            do {
                guard let epoch = Epoch(id: id) else {
                    throw JSONError(reason: "no ISO 8601 week", place: "$")
                }
                try schedule.adopt(
                    try Ruleset(json: Array(row[2] as Data)), from: epoch,
                    at: UTCTime(milliseconds: row[1]))
            } catch let error as any CustomStringConvertible & Error {
                throw CatalogDamage("the ruleset from \(id) on: \(error.description)")
            }
        }
        return schedule
    }

    /// Notes that `ruleset` holds from the week `from` on, adopted at `time`.
    public func adopt(_ ruleset: Ruleset, from: Epoch, at time: UTCTime) throws {
        try pool.write { database in
            try database.execute(
                sql: "INSERT INTO rulesets (epoch, adopted_at, ruleset) VALUES (?, ?, ?)",
                arguments: [from.id, time.milliseconds, Data(ruleset.canonicalJSON.bytes)])
        }
    }

    /// The latest receipt of all uploads; nil where there is none.
    public func latestReceipt() throws -> UTCTime? {
        try pool.read { try Int64.fetchOne($0, sql: "SELECT max(received_at) FROM uploads") }
            .map(UTCTime.init(milliseconds:))
    }
}
