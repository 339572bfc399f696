import Canonical

/// The proof that a log has an entry (c2sp.org/tlog-proof): it needs no log to be verified, only the keys one trusts.
public struct LogProof: Sendable, Equatable {
    /// What goes with the proof; nothing in it is proved by being there.
    public let extra: [UInt8]?
    /// Which entry.
    public let index: UInt64
    /// The inclusion proof, from the entry's sibling up.
    public let path: [ContentHash]
    /// The signed checkpoint.
    public let checkpoint: SignedNote

    /// The first line of the text.
    static let firstLine = "c2sp.org/tlog-proof@v1"
    /// The most bytes a proof may have.
    public static let maxBytes = 4 << 20

    /// The proof with these parts.
    public init(extra: [UInt8]? = nil, index: UInt64, path: [ContentHash], checkpoint: SignedNote) {
        (self.extra, self.index, self.path, self.checkpoint) = (extra, index, path, checkpoint)
    }

    /// The proof whose text is `bytes`.
    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= Self.maxBytes else {
            throw LogError(.proofForm, "\(bytes.count) bytes, limit \(Self.maxBytes)")
        }
        var rest = bytes[...]
        var number = 0
        func refusal(_ reason: String) -> LogError { LogError(.proofForm, reason, at: "line \(number)") }
        func line() throws(LogError) -> ArraySlice<UInt8> {
            number += 1
            guard let end = rest.firstIndex(of: 0x0A) else { throw refusal("a line without an end") }
            defer { rest = rest[(end + 1)...] }
            return rest[..<end]
        }
        guard try line().elementsEqual(Self.firstLine.utf8) else { throw refusal("no '\(Self.firstLine)'") }
        var next = try line()
        let extraStart = Array("extra ".utf8)
        if next.starts(with: extraStart) {
            guard let bytes = Base64.bytes(Array(next.dropFirst(extraStart.count))) else {
                throw refusal("no base64")
            }
            extra = bytes
            next = try line()
        } else {
            extra = nil
        }
        let indexStart = Array("index ".utf8)
        guard next.starts(with: indexStart), let index = Decimal.value(next.dropFirst(indexStart.count))
        else {
            throw refusal("no 'index' with a decimal number")
        }
        self.index = index
        var path: [ContentHash] = []
        next = try line()
        while !next.isEmpty {
            guard let hash = Base64.bytes(Array(next)).flatMap({ ContentHash(bytes: $0) }) else {
                throw refusal("no base64 of 32 bytes")
            }
            path.append(hash)
            guard path.count <= 63 else { throw refusal("more than 63 hashes") }
            next = try line()
        }
        self.path = path
        checkpoint = try SignedNote(parsing: Array(rest))
    }

    /// The text.
    public var bytes: [UInt8] {
        let lines =
            [Self.firstLine] + (extra.map { ["extra \(Base64.text($0))"] } ?? []) + ["index \(index)"]
            + path.map { Base64.text($0.bytes) } + ["", ""]
        return Array(lines.joined(separator: "\n").utf8) + checkpoint.bytes
    }

    /// That the log has `entry`, according to those whom `policy` trusts.
    ///
    /// - Returns: The checkpoint by which it has.
    public func verify(_ entry: [UInt8], policy: LogPolicy) throws(LogError) -> VerifiedCheckpoint {
        let verified = try policy.verify(checkpoint)
        try MerkleProof.checkInclusion(
            of: MerkleTree.leafHash(of: entry), at: index, in: verified.checkpoint.size,
            root: verified.checkpoint.root, proof: path)
        return verified
    }
}
