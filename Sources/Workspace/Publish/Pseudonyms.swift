import Canonical

/// What the map calls contributors and drives: the first 64 bits of salted SHA-256 hashes.
///
/// A secret salt (`waggle init --salt-file`) keeps apart what a contributor's id says and where they drove. Without one the
/// ruleset's hash is the salt: everybody gets the same map from the same uploads, but whoever knows an id can
/// recognise its pseudonym.
struct Pseudonyms: Sendable {
    private let salt: [UInt8]

    init(salt: [UInt8]) {
        self.salt = salt
    }

    /// The pseudonym of the contributor `id`.
    func contributor(_ id: String) -> UInt64 { hash("contributor", id) }

    /// The hash by which the drive `name` is counted.
    func drive(_ name: String) -> UInt64 { hash("drive", name) }

    private func hash(_ kind: String, _ id: String) -> UInt64 {
        // No kind and no id holds a zero byte, so two different triples are two different texts.
        ContentHash.of(salt + [0] + Array(kind.utf8) + [0] + Array(id.utf8)).bigEndianWords[0]
    }
}
