import Store

/// What an ingest did with one delivery.
public struct UploadOutcome: Sendable {
    /// What became of it.
    public enum Kind: Sendable {
        /// It is in the catalog, under this name and as this format.
        case ingested(upload: String, format: String)
        /// The same contributor had delivered the same contents before; they are in the catalog under this name.
        case repeated(upload: String)
        /// Nothing has changed since it was dealt with before.
        case known
        /// It is in quarantine.
        case quarantined(QuarantineRecord)
        /// It is left for a later run, and why.
        case deferred(String)
    }

    /// The delivery.
    public let delivery: Delivery
    /// What became of it.
    public let kind: Kind

    /// Whether it is in the catalog now.
    public var isRead: Bool {
        switch kind {
        case .ingested, .repeated: true
        case .known, .quarantined, .deferred: false
        }
    }
}

/// What an ingest did.
public struct IngestReport: Sendable {
    /// One entry for every delivery, in order.
    public var outcomes: [UploadOutcome] = []
    /// What lay in the inbox and was no delivery.
    public var ignored: [IgnoredPath] = []
    /// The frames of the uploads that this ingest added, after all were compared with one another.
    public var counts = VerdictTally()
    /// The same for each of these uploads.
    public var tallies: [String: VerdictTally] = [:]

    /// The records of the deliveries that went to quarantine.
    public var quarantined: [QuarantineRecord] {
        outcomes.compactMap { if case .quarantined(let record) = $0.kind { record } else { nil } }
    }

    /// Whether something delivered was not taken in and waits for somebody to act.
    public var needsAttention: Bool { !quarantined.isEmpty || ignored.contains(where: \.isProblem) }

    /// The names of the uploads that were added.
    public var added: [String] {
        outcomes.compactMap { if case .ingested(let upload, _) = $0.kind { upload } else { nil } }
    }
}

/// What an ingest is doing, for a progress display.
public enum IngestEvent: Sendable {
    /// Work on a delivery begins.
    case began(Delivery)
    /// So many more frames of it are measured.
    case measured(Int)
    /// A delivery is dealt with.
    case ended(UploadOutcome)
    /// New frames are being compared with all others.
    case comparing
}
