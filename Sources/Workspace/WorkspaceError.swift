/// Why a workspace cannot be used, with what to do about it.
public enum WorkspaceError: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is no workspace at this path.
    case noWorkspace(String)
    /// There is one already.
    case alreadyThere(String)
    /// The directory has other things in it.
    case notEmpty(String)
    /// The workspace was made by a version this one does not know.
    case foreignFormat(String)
    /// `ruleset.json` is not the ruleset the workspace was made with.
    case rulesetChanged(String, String)
    /// The ruleset cannot hold from that week on, and why.
    case rulesetNotAdoptable(String)
    /// The salt is not the one the workspace was made with.
    case saltChanged(String)
    /// A contributor's id has characters it must not have.
    case badContributor(String)
    /// The epoch cannot be closed, and why.
    case epochNotClosable(String, String)
    /// Uploads that the epoch should count wait unread: how many, and the first.
    case epochPending(String, Int, String)
    /// The epoch cannot be final yet, and why.
    case epochNotFinal(String, String)
    /// What the open epoch would pay cannot be told, because this one is sealed and not published.
    case epochUnpublished(String)
    /// The epoch was never closed.
    case noSuchEpoch(String)
    /// The catalog says something no run of ours can have written, and what.
    case catalogDamage(String)
    /// The directory to export to has files in it.
    case exportNotEmpty(String)
    /// The file is no report of an audit, and why.
    case badReport(String, String)
    /// Published files are not what the catalog says, and which.
    case publishedDamage(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .noWorkspace(let path):
            "no workspace at \(path): make one with 'waggle init --workspace \(path)', or name another with "
                + "--workspace or WAGGLE_WORKSPACE"
        case .alreadyThere(let path): "\(path) is a workspace already; nothing was changed"
        case .notEmpty(let path): "\(path) is not empty: a workspace starts in a new or an empty directory"
        case .foreignFormat(let path):
            "\(path): not a workspace format this version knows; use the version that made it"
        case .rulesetChanged(let path, let why):
            "\(path) is not the ruleset this workspace was made with (\(why)): put the original back (it is in "
                + "published/rulesets); 'waggle ruleset adopt' makes another one hold from a week to come on"
        case .rulesetNotAdoptable(let why): "the ruleset cannot be adopted: \(why)"
        case .saltChanged(let path):
            "\(path) is not the salt this workspace was made with: put the original back, or every pseudonym would change"
        case .badContributor(let id):
            "'\(id)' cannot be a contributor: use 1 to 64 letters, digits, '.', '_' or '-', not starting with '.' or '-'"
        case .epochNotClosable(let epoch, let why): "epoch \(epoch) cannot be closed: \(why)"
        case .epochPending(let epoch, let count, let first):
            "epoch \(epoch) cannot be closed: \(count) uploads received in time wait unread, the first is \(first); run "
                + "'waggle ingest' first, or close it without them with --force, which its manifest records"
        case .epochNotFinal(let epoch, let why): "epoch \(epoch) is not final: \(why)"
        case .epochUnpublished(let epoch):
            "epoch \(epoch) is sealed and not published yet: run 'waggle epoch close \(epoch)' first"
        case .noSuchEpoch(let epoch): "epoch \(epoch) is not closed here: see 'waggle epoch list'"
        case .catalogDamage(let what): "\(what): restore catalog.sqlite from a copy, then run 'waggle check'"
        case .exportNotEmpty(let path):
            "\(path) is not empty: tiles are exported to a new or an empty directory"
        case .badReport(let path, let why): "\(path) is no report of an audit: \(why)"
        case .publishedDamage(let what): "\(what): restore it from a copy, then run 'waggle check'"
        }
    }
}
