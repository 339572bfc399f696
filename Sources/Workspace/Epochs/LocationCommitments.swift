import Canonical
import Geo

/// What is published of exact positions: nothing but a hash that their owner can open.
///
/// Each position is hashed with a salt of its own, made from the workspace's secret and the frame's id. Without a secret
/// whoever knows the cell could try all positions in it, so nothing is published.
public struct LocationCommitments: Sendable {
    private let secret: [UInt8]?

    init(_ workspace: Workspace) { secret = workspace.secretSalt }

    /// The salt of the frame's position, 64 hexadecimal digits; nil without a secret.
    public func salt(of frame: String) -> String? {
        guard let secret else { return nil }
        // The secret is hashed first, so that no text that is hashed here can be one of those that pseudonyms are made of.
        let key = ContentHash.of(Array("waggle-location-key/1\n".utf8) + secret)
        return ContentHash.of("waggle-location-salt/1\n\(key.hex)\n\(frame)").hex
    }

    /// What is published of `position`; nil without a secret.
    func commitment(_ frame: String, _ position: Coordinate) -> ContentHash? {
        salt(of: frame).map { Self.commitment(salt: $0, position) }
    }

    /// The commitment to `position` with this salt, as docs/manifest.md says.
    public static func commitment(salt: String, _ position: Coordinate) -> ContentHash {
        .of("waggle-location/1\n\(salt)\n\(position.latitudeE7)\n\(position.longitudeE7)")
    }
}
