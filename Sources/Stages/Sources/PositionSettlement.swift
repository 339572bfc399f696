import Canonical
import DriveFormats
import Geo

/// Settles where the frames of a drive were taken, where their sources differ.
struct PositionSettlement {
    typealias Source = RawTestimony.Source

    /// A place that some sources of a frame agree on.
    struct Candidate {
        /// Who says so; who was read first stands first.
        var sources: [Source]
        /// What the first one says.
        let fix: Fix
    }

    /// A frame with all places that are said of it, of which the first is the one gone by where nobody differs.
    struct Frame {
        let time: UTCTime
        let candidates: [Candidate]
    }

    /// Which candidate of each frame is believed, and why; nil where they agree.
    private(set) var choices: [(candidate: Int, choice: Settlement.Choice)?]

    private let frames: [Frame]
    private let rules: DriveRules
    /// Indices of the frames that have a place, in order of time.
    private let order: [Int]
    /// The candidates that nothing speaks against so far.
    private var standing: [[Int]]

    /// Settles the places of `frames`.
    init(_ frames: [Frame], rules: DriveRules) {
        self.frames = frames
        self.rules = rules
        choices = Array(repeating: nil, count: frames.count)
        standing = frames.map { Array($0.candidates.indices) }
        order = frames.indices.filter { !frames[$0].candidates.isEmpty }
            .sorted { (frames[$0].time, $0) < (frames[$1].time, $1) }
        let disputed = order.filter { frames[$0].candidates.count > 1 }
        guard !disputed.isEmpty else { return }
        keepReachable()
        take(.reach)
        keepConfirmed()
        take(.motion)
        dropStuck()
        take(.stuck)
        keepMost()
        take(.majority)
    }

    /// Notes the disputes that have just been settled by `reason`.
    private mutating func take(_ reason: Settlement.Reason) {
        for index in order where frames[index].candidates.count > 1 && choices[index] == nil {
            guard standing[index].count == 1, let last = standing[index].first,
                let source = frames[index].candidates[last].sources.first
            else { continue }
            choices[index] = (last, Settlement.Choice(source, reason))
        }
    }

    /// Of all ways through the places, one for each frame, keeps those with the fewest steps that no car can make.
    private mutating func keepReachable() {
        let forward = costs(along: order)
        let backward = costs(along: order.reversed())
        for index in order where standing[index].count > 1 {
            let total = zip(forward[index], backward[index]).map(+)
            guard let least = total.min() else { continue }
            standing[index].removeAll { total[$0] > least }
        }
    }

    /// The fewest impossible steps of a way along `order` that ends at each candidate.
    private func costs(along order: [Int]) -> [[Int]] {
        var costs: [[Int]] = Array(repeating: [], count: frames.count)
        var last: Int?
        for index in order {
            let own = frames[index].candidates
            if let last {
                let before = frames[last].candidates
                let (here, there) = (frames[index].time, frames[last].time)
                let apart = min(here, there).milliseconds(until: max(here, there))
                costs[index] = own.map { here in
                    zip(before, costs[last]).map { there, cost in
                        let isPossible = rules.verify.reaches(
                            there.fix.position, here.fix.position, in: apart)
                        return cost + (isPossible ? 0 : 1)
                    }.min() ?? 0
                }
            } else {
                costs[index] = own.map { _ in 0 }
            }
            last = index
        }
        return costs
    }

    /// Keeps of a frame's places the one that lies where the car was between the settled frames before and behind it.
    private mutating func keepConfirmed() {
        let settled = order.filter { standing[$0].count == 1 }.map { index in
            let fix = frames[index].candidates[standing[index][0]].fix
            return Fix(
                time: frames[index].time, position: fix.position, heading: nil, horizontalError: nil)
        }
        let track = Track(through: settled, rules: rules)
        for index in order where standing[index].count > 1 {
            guard let there = try? track.place(at: frames[index].time, basis: .repaired) else { continue }
            let near = standing[index].filter {
                Geodesy.distanceMillimetres(frames[index].candidates[$0].fix.position, there.position)
                    <= rules.sources.maxPositionDifference
            }
            if near.count == 1 { standing[index] = near }
        }
    }

    /// Drops the places of a receiver that is stuck: the very same one in many frames, while another source moves on by more
    /// than the two may differ.
    private mutating func dropStuck() {
        var stuck: [Int: Set<Source>] = [:]
        for source in Source.allCases {
            for run in runs(of: source) where Int64(run.count) >= rules.sources.minStuckFrames {
                if othersMove(along: run, beside: source) {
                    for index in run { stuck[index, default: []].insert(source) }
                }
            }
        }
        for (index, sources) in stuck where standing[index].count > 1 {
            let left = standing[index].filter { candidate in
                !frames[index].candidates[candidate].sources.allSatisfy(sources.contains)
            }
            if !left.isEmpty { standing[index] = left }
        }
    }

    /// The frames, in order of time, in which `source` says the very same place again and again.
    private func runs(of source: Source) -> [[Int]] {
        var runs: [[Int]] = []
        var last: Coordinate?
        for index in order {
            guard
                let place = frames[index].candidates.first(where: { $0.sources.first == source })?.fix
                    .position
            else { continue }
            if place == last { runs[runs.count - 1].append(index) } else { runs.append([index]) }
            last = place
        }
        return runs
    }

    private func othersMove(along run: [Int], beside source: Source) -> Bool {
        Source.allCases.contains { other in
            guard other != source else { return false }
            let places = run.compactMap { index in
                frames[index].candidates.first { $0.sources.contains(other) && !$0.sources.contains(source) }?
                    .fix.position
            }
            guard Int64(places.count) >= rules.sources.minStuckFrames, let first = places.first else {
                return false
            }
            return places.contains {
                Geodesy.distanceMillimetres(first, $0) > rules.sources.maxPositionDifference
            }
        }
    }

    private mutating func keepMost() {
        for index in order where standing[index].count > 1 {
            let most = standing[index].map { frames[index].candidates[$0].sources.count }.max()
            standing[index].removeAll { frames[index].candidates[$0].sources.count != most }
        }
    }

    /// What is wrong with frame `index`, whose dispute nothing settles.
    func finding(of index: Int) -> Finding {
        let candidates = frames[index].candidates
        let apart = candidates.dropFirst().map {
            Geodesy.distanceMillimetres(candidates[0].fix.position, $0.fix.position)
        }
        return Finding(
            .positionDisputed, value: apart.max(), limit: rules.sources.maxPositionDifference, unit: "mm",
            message: TimeSettlement.sides(candidates.map(\.sources)))
    }
}
