import Canonical
import Store

/// Uploads that lie in the inbox and were not dealt with.
enum PendingUploads {
    /// The paths of those received before `deadline`, in order. An upload without a receipt counts as received when it is read.
    static func before(_ deadline: UTCTime, in workspace: Workspace) throws -> [String] {
        let found = try Deliveries.inInbox(workspace.layout.inbox, isWorkspaces: true)
        return try found.deliveries.filter { delivery in
            guard let receivedAt = delivery.receivedAt, receivedAt < deadline else { return false }
            // What cannot be listed is still arriving, or is in nobody's power to read: somebody has to look.
            guard let listing = try? UploadListing(delivery.path) else { return true }
            return try !workspace.catalog.knows(Sighting(of: delivery, listing))
        }.map(\.path)
    }
}
