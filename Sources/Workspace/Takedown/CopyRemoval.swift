import Canonical
import Store

/// Removes the kept copies that only withdrawn frames have.
///
/// The catalog says which before they go, and that they are gone once that is durable: a run that is killed in between
/// leaves a copy too much, and the next one removes it.
struct CopyRemoval {
    private let workspace: Workspace

    init(_ workspace: Workspace) {
        self.workspace = workspace
    }

    /// Copies removed at a time.
    private static let batch = 4096

    /// Removes all there are, and returns how many.
    @discardableResult
    func run() throws -> Int {
        var count = 0
        while true {
            let contents = try workspace.catalog.copiesToRemove(limit: Self.batch)
            if contents.isEmpty { return count }
            count += try workspace.blobs.remove(contents)
            try workspace.catalog.markCopiesRemoved(contents)
        }
    }
}
