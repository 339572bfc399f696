import Canonical

/// Rulesets as they are published: by their names, their canonical JSON.
struct PublishedRulesets {
    /// Why there is no ruleset of a name.
    enum Problem: Error, Equatable, CustomStringConvertible {
        /// It is not there.
        case missing(ContentHash)
        /// Its bytes have another hash than its name, and which.
        case otherHash(ContentHash, found: ContentHash)
        /// It is no ruleset, and why.
        case unreadable(ContentHash, JSONError)
        /// It is one, but not in canonical form.
        case notCanonical(ContentHash)

        /// What is wrong, in words.
        var description: String {
            switch self {
            case .missing(let name): "ruleset \(name) is not there"
            case .otherHash: "the ruleset has not the hash it is named by"
            case .unreadable(let name, let error): "ruleset \(name): \(error)"
            case .notCanonical(let name): "ruleset \(name) is not in canonical form"
            }
        }
    }

    private let bytes: [ContentHash: [UInt8]]

    /// The rulesets with these bytes.
    init(_ bytes: [ContentHash: [UInt8]]) { self.bytes = bytes }

    /// The schedule that a manifest lists.
    ///
    /// - Throws: ``Problem``; ``ScheduleError`` where the list is no schedule.
    func schedule(_ adoptions: [RulesetAdoption]) throws -> RulesetSchedule {
        guard let first = adoptions.first, first.from == nil, first.adoptedAt == nil else {
            throw ScheduleError.malformed
        }
        var schedule = RulesetSchedule(try ruleset(first.ruleset))
        for adoption in adoptions.dropFirst() {
            guard let from = adoption.from, let adoptedAt = adoption.adoptedAt else {
                throw ScheduleError.malformed
            }
            try schedule.adopt(try ruleset(adoption.ruleset), from: from, at: adoptedAt)
        }
        return schedule
    }

    /// The ruleset called `name`.
    func ruleset(_ name: ContentHash) throws(Problem) -> Ruleset {
        guard let bytes = bytes[name] else { throw .missing(name) }
        let hash = ContentHash.of(bytes)
        guard hash == name else { throw .otherHash(name, found: hash) }
        let ruleset: Ruleset
        do throws(JSONError) { ruleset = try Ruleset(json: bytes) } catch { throw .unreadable(name, error) }
        guard ruleset.canonicalJSON.bytes == bytes else { throw .notCanonical(name) }
        return ruleset
    }
}
