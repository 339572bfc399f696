import Canonical
import Rewards
import Store

/// How far an epoch has come.
public enum EpochState: String, Sendable, CaseIterable {
    /// Uploads may still arrive.
    case open
    /// It can be sealed.
    case due
    /// What it counts is fixed, and it is not published yet.
    case sealed
    /// It is published and can be challenged.
    case provisional
    /// Its challenge is over.
    case final
}

/// Says that epochs are final: a record of each under `published/finals`, in their order.
public struct EpochFinality {
    private let workspace: Workspace
    private let asOf: UTCTime

    /// The finality of epochs of `workspace` as of `asOf`.
    public init(_ workspace: Workspace, asOf: UTCTime) {
        self.workspace = workspace
        self.asOf = asOf
    }

    /// When the challenge of a sealed epoch is over.
    public func finalAt(_ sealed: SealedEpoch) -> UTCTime {
        let ruleset =
            Epoch(id: sealed.id).map { workspace.rulesets.ruleset(in: $0) } ?? workspace.rulesets.first
        return UTCTime(milliseconds: sealed.sealedAsOf.milliseconds + ruleset.reward.challengeMilliseconds)
    }

    /// How far a sealed epoch has come.
    public func state(of sealed: SealedEpoch) -> EpochState {
        if sealed.body == nil { return .sealed }
        return sealed.isFinal ? .final : .provisional
    }

    /// Makes every published epoch final whose challenge is over; the ids of those that were not before, in order. An epoch is
    /// never final before an earlier one.
    public func finalizeDue() throws -> [String] {
        var ids: [String] = []
        for sealed in try workspace.catalog.sealedEpochs() where !sealed.isFinal {
            guard let body = sealed.body, finalAt(sealed) <= asOf else { break }
            try finalize(sealed, body)
            ids.append(sealed.id)
        }
        if !ids.isEmpty { try LogAppending(workspace).run() }
        return ids
    }

    /// Makes `epoch` final, and those before it. False where it was before.
    public func finalize(_ epoch: Epoch) throws -> Bool {
        let all = try workspace.catalog.sealedEpochs()
        guard let own = all.first(where: { $0.id == epoch.id }), own.body != nil else {
            throw WorkspaceError.noSuchEpoch(epoch.id)
        }
        if own.isFinal { return false }
        guard finalAt(own) <= asOf else {
            throw WorkspaceError.epochNotFinal(
                epoch.id, "it can be challenged until \(finalAt(own)), and it is \(asOf); try again then")
        }
        for sealed in all where !sealed.isFinal && sealed.id <= own.id {
            if let body = sealed.body { try finalize(sealed, body) }
        }
        try LogAppending(workspace).run()
        return true
    }

    private func finalize(_ sealed: SealedEpoch, _ body: ContentHash) throws {
        guard let epoch = Epoch(id: sealed.id) else { throw WorkspaceError.noSuchEpoch(sealed.id) }
        let record = FinalRecord(epoch: epoch, finalAt: finalAt(sealed), manifest: body).canonicalJSON
        try DurableWrite.directory(workspace.layout.finals)
        try DurableWrite.file(record.bytes, at: "\(workspace.layout.finals)/\(sealed.id).json")
        try workspace.catalog.markFinal(sealed.id)
    }
}
