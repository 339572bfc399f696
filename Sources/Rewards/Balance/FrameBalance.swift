import Canonical
import Stages

/// What became of some frames: how many there are in all, and how many got which verdict by which rule.
public struct FrameBalance: Sendable, Equatable {
    /// Frames by verdict.
    public private(set) var verdicts = VerdictCounts()
    /// Frames by rule, of those that were not accepted.
    public private(set) var reasons: [Rule: Int64] = [:]
    /// Frames of no verdict or rule there is, or of a rule that belongs to another verdict.
    public private(set) var unexplained: Int64 = 0

    /// No frames.
    public init() {}

    /// Frames with these verdicts and rules.
    init(_ verdicts: VerdictCounts, reasons: [Rule: Int64]) {
        self.verdicts = verdicts
        self.reasons = reasons
    }

    /// All frames.
    public var frames: Int64 { verdicts.total + unexplained }

    /// Counts `count` frames more of this verdict and rule; nil stands for none that there is.
    public mutating func add(_ count: Int64, _ verdict: VerdictKind?, _ rule: Rule?) {
        guard let verdict, (rule?.verdict ?? .accepted) == verdict else {
            unexplained += count
            return
        }
        verdicts.count(verdict, count)
        if let rule { reasons[rule, default: 0] += count }
    }

    /// Counts the frames of `other` as well.
    public static func += (left: inout FrameBalance, right: FrameBalance) {
        left.verdicts += right.verdicts
        left.reasons.merge(right.reasons, uniquingKeysWith: +)
        left.unexplained += right.unexplained
    }

    /// Whether every duplicate and every rejected frame has its reason, and there is nothing else.
    public var addsUp: Bool {
        var explained = VerdictCounts()
        for (rule, count) in reasons { explained.count(rule.verdict, count) }
        return unexplained == 0 && explained.duplicate == verdicts.duplicate
            && explained.rejected == verdicts.rejected && explained.accepted == 0
    }
}

extension Rule {
    /// What becomes of a frame it speaks of.
    var verdict: VerdictKind { isOfDuplicates ? .duplicate : .rejected }
}
