import Canonical

/// What came of looking at one kept frame.
public struct StorageVisit: Sendable, Hashable {
    /// What is wrong with a copy.
    public enum Fault: String, Sendable, CaseIterable {
        /// There is none.
        case missing
        /// The system does not give it out, or it is larger than any frame.
        case unreadable
        /// Its bytes have another hash than was noted when it was kept.
        case changed
    }

    /// What was found.
    public enum Outcome: Sendable, Hashable {
        /// A whole copy of `size` bytes, with the challenge's answer.
        case passed(size: UInt64, answer: ContentHash)
        /// None.
        case fault(Fault)
    }

    /// The frame: the hash it was delivered with.
    public let frame: ContentHash
    /// What was found.
    public let outcome: Outcome

    /// A visit.
    public init(_ frame: ContentHash, _ outcome: Outcome) {
        (self.frame, self.outcome) = (frame, outcome)
    }

    /// The visit of `frame`, of which `copy` is kept, which must have one of the hashes `kept`.
    public init(_ frame: ContentHash, copy: [UInt8], kept: Set<ContentHash>, _ challenge: StorageChallenge) {
        self.frame = frame
        guard kept.contains(.of(copy)) else {
            outcome = .fault(.changed)
            return
        }
        let size = UInt64(copy.count)
        let range = challenge.range(of: frame, size: size)
        let bytes = Array(copy.dropFirst(Int(clamping: range.lowerBound)).prefix(range.count))
        outcome = .passed(size: size, answer: challenge.answer(bytes))
    }

    /// Whether a whole copy was found.
    public var isPassed: Bool { if case .passed = outcome { true } else { false } }

    /// The leaf of the report's tree: the frame's hash, and the answer where there is one.
    var leaf: [UInt8] {
        guard case .passed(_, let answer) = outcome else { return frame.bytes }
        return frame.bytes + answer.bytes
    }

    var canonicalJSON: CanonicalJSON {
        switch outcome {
        case .passed(let size, let answer):
            .object(["frame": .hash(frame), "size": .integer(Int64(clamping: size)), "answer": .hash(answer)])
        case .fault(let fault): .object(["frame": .hash(frame), "fault": .string(fault.rawValue)])
        }
    }

    init(_ value: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(value, path: path)
        frame = try reader.hash("frame")
        if let text = try reader.optionalString("fault") {
            guard let fault = Fault(rawValue: text) else {
                throw JSONError(reason: "no known fault", place: "\(path).fault")
            }
            outcome = .fault(fault)
        } else {
            let size = try reader.integer("size", in: 0...CanonicalJSON.integers.upperBound)
            outcome = .passed(size: UInt64(clamping: size), answer: try reader.hash("answer"))
        }
        try reader.finish()
    }
}
