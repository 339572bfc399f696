import Rewards
import Stages
import Store

/// Holds what is withdrawn against what the takedowns say, frame by frame.
struct WithdrawalCheck {
    private let standing: StandingTakedowns
    private let messages: [String: String]

    init(_ takedowns: [Takedown]) {
        standing = StandingTakedowns(takedowns)
        messages = Dictionary(takedowns.map { ($0.id, $0.message) }) { first, _ in first }
    }

    func finding(_ frame: FrameView) -> CheckFinding? {
        let own = standing.first(
            matching: TakedownSubject(
                frame: frame.name, drive: frame.drive, contributor: frame.contributor,
                receivedAt: frame.receivedAt, position: frame.observed?.place.position))
        let expected = own?.id ?? frame.originalWithdrawnBy
        if frame.withdrawnBy != expected {
            return CheckFinding(
                code: "frame.withdrawn", place: frame.name,
                detail:
                    "by the takedowns \(expected ?? "none") withdraws it, recorded is \(frame.withdrawnBy ?? "none")"
            )
        }
        // What a sealed epoch has counted stays as it was then.
        guard frame.epoch == nil else { return nil }
        let isRejected = frame.finding?.rule == .takedown
        let isRight =
            isRejected
            ? frame.finding?.message == expected.flatMap { messages[$0] }
            : expected == nil || frame.verdict != .accepted
        if isRight { return nil }
        return CheckFinding(
            code: "frame.takedown", place: frame.name,
            detail: "\(frame.verdict), but takedown \(expected ?? "none") withdraws it")
    }
}
