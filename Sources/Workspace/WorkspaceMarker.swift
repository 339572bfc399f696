import Canonical
import Rewards
import Store

/// `waggle.json`: that a directory is a workspace, and what it was made with.
struct WorkspaceMarker {
    /// The format this version knows.
    static let format = "waggle-workspace/1"

    private let rulesetHash: String
    private let saltHash: String?

    /// The marker of a workspace.
    init(_ layout: WorkspaceLayout) throws {
        var marker = try JSONObjectReader(
            try JSONReader.read(try StoredFile.read(layout.marker, maxBytes: 1 << 16)))
        guard try marker.string("format") == Self.format else {
            throw WorkspaceError.foreignFormat(layout.marker)
        }
        rulesetHash = try marker.string("ruleset")
        saltHash = try marker.optionalString("salt")
    }

    /// The ruleset that holds from the beginning, which must be the one the workspace was made with: what was measured under
    /// one ruleset is not to be paid under another.
    func ruleset(_ layout: WorkspaceLayout) throws -> Ruleset {
        let bytes = try StoredFile.read(layout.ruleset, maxBytes: 1 << 20)
        do throws(JSONError) {
            let ruleset = try Ruleset(json: bytes)
            guard ruleset.contentHash.hex == rulesetHash else {
                throw JSONError(
                    reason: "its hash is \(ruleset.contentHash.hex), not \(rulesetHash)", place: "$")
            }
            return ruleset
        } catch {
            throw WorkspaceError.rulesetChanged(layout.ruleset, error.description)
        }
    }

    /// The secret salt the workspace was made with; nil where it was made without.
    func salt(_ layout: WorkspaceLayout) throws -> [UInt8]? {
        guard let saltHash else { return nil }
        let salt = try StoredFile.read(layout.salt, maxBytes: Workspace.saltBytes.upperBound)
        guard ContentHash.of(salt).hex == saltHash else { throw WorkspaceError.saltChanged(layout.salt) }
        return salt
    }
}
