import Canonical
import DriveFormats

/// The key a device signs its bundles with, for whom, and when that holds.
public struct DeviceKey: Sendable, Equatable {
    /// The device's name.
    public let device: String
    /// Its public key.
    public let key: VerifyingKey
    /// Whose device it is.
    public let contributor: String
    /// From when on it holds.
    public let registeredAt: UTCTime
    /// From when on it holds no more; nil while nobody has said so.
    public let revokedAt: UTCTime?

    /// A key.
    public init(
        device: String, key: VerifyingKey, contributor: String, registeredAt: UTCTime, revokedAt: UTCTime?
    ) {
        self.device = device
        self.key = key
        self.contributor = contributor
        self.registeredAt = registeredAt
        self.revokedAt = revokedAt
    }

    /// Whether it is the device's key for what is received at `time`.
    public func holds(at time: UTCTime) -> Bool {
        registeredAt <= time && revokedAt.map { time < $0 } ?? true
    }
}

/// A signed bundle in the catalog.
public struct ChainLink: Sendable, Equatable {
    /// The upload's name.
    public let upload: String
    /// Who delivered it.
    public let contributor: String
    /// When it was received.
    public let receivedAt: UTCTime
    /// Who signed it, and its hash.
    public let signed: SignedStatement

    /// A link.
    public init(upload: String, contributor: String, receivedAt: UTCTime, signed: SignedStatement) {
        self.upload = upload
        self.contributor = contributor
        self.receivedAt = receivedAt
        self.signed = signed
    }

    /// Its number among those its key has signed.
    public var sequence: Int64 { signed.signer.sequence }
    /// The hash of its statement.
    public var statement: ContentHash { signed.hash }
    /// The hash of the statement with the number before.
    public var previous: ContentHash? { signed.signer.previous }
}
