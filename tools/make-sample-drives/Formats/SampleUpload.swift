import Canonical

/// One upload of the sample, complete.
struct SampleUpload: Sendable {
    var contributor: String
    var name: String
    var receivedAt: UTCTime
    var files: [OutputFile]
    var outcome: Outcome

    enum Outcome: Sendable {
        case ingested([Expectation])
        /// Nothing of it is read, for this reason.
        case quarantined(reason: String)
    }
}

/// One file or link of an upload, by its path inside.
struct OutputFile: Sendable {
    enum Content: Sendable {
        case bytes([UInt8])
        case link(to: String)
    }

    var path: String
    var content: Content

    init(_ path: String, _ bytes: [UInt8]) {
        self.path = path
        content = .bytes(bytes)
    }

    init(_ path: String, linkTo target: String) {
        self.path = path
        content = .link(to: target)
    }
}

/// What must become of one frame.
struct Expectation: Sendable {
    /// The image's path inside the upload; of an image inside a larger file also `@` and its first byte.
    var name: String
    var fault: Fault

    var json: CanonicalJSON {
        let judgement = fault.judgement
        var members: [String: CanonicalJSON] = [
            "name": .string(name), "verdict": .string(judgement.verdict), "why": .string(judgement.why),
        ]
        members["rule"] = judgement.rule.map(CanonicalJSON.string)
        members["group"] = fault.group.map(CanonicalJSON.string)
        return .object(members)
    }
}
