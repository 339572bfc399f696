/// Where everything lies in a workspace.
public struct WorkspaceLayout: Sendable {
    /// The workspace's directory.
    public let root: String

    /// The layout below `root`.
    public init(root: String) {
        self.root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
    }

    /// Says that the directory is a workspace, and of which format.
    public var marker: String { "\(root)/waggle.json" }
    /// The ruleset in force.
    public var ruleset: String { "\(root)/ruleset.json" }
    /// A secret salt for pseudonyms, where one was given.
    public var salt: String { "\(root)/salt" }
    /// The catalog.
    public var catalog: String { "\(root)/\(Self.catalogName)" }
    static let catalogName = "catalog.sqlite"
    /// Held by whoever changes the workspace.
    public var lock: String { "\(root)/lock" }
    /// `<contributor>/<upload>/`, filled by whoever receives uploads.
    public var inbox: String { "\(root)/inbox" }
    /// Kept frames.
    public var blobs: String { "\(root)/blobs" }
    /// What finds the pictures of frames; made again where it is gone.
    public var pictures: String { "\(root)/pictures" }
    /// Uploads that were not taken in.
    public var quarantine: String { "\(root)/quarantine" }
    /// What the world may see.
    public var published: String { "\(root)/published" }
    /// Published sets of tiles.
    public var generations: String { "\(published)/generations" }
    /// The link to the generation in use.
    public var current: String { "\(published)/current" }
    /// Sealed epochs.
    public var epochs: String { "\(published)/epochs" }
    /// That epochs are final.
    public var finals: String { "\(published)/finals" }
    /// The transparency log.
    public var log: String { "\(published)/log" }
    /// Rulesets by their hash.
    public var rulesets: String { "\(published)/rulesets" }

    /// Who is paid where, and what can be claimed.
    public var payouts: PublishedPayouts { PublishedPayouts(published, trusting: .head(payoutHead)) }
    /// How far the list of payout keys goes.
    var payoutHead: PayoutHeadFile { PayoutHeadFile(path: "\(root)/payout-keys.head") }

    /// The directories a workspace has.
    var directories: [String] { [inbox, blobs, quarantine, generations, epochs, rulesets] }
}
