import Canonical
import DriveFormats
import Store

/// Registers and revokes the keys of devices.
///
/// The registry is an input of the workspace like the ruleset, so a change counts from a time on, and that time is later
/// than the receipt of everything that was read without it: what is in is never judged by what was not known then.
public struct DeviceRegistration: Sendable {
    private let catalog: Catalog

    /// Registration in `workspace`, which is open for changing.
    public init(_ workspace: Workspace) {
        catalog = workspace.catalog
    }

    /// Registers `key` for `device` of `contributor`, as of `time`.
    ///
    /// - Returns: whether it was not registered so before.
    /// - Throws: ``DeviceError``, or what the catalog throws.
    public func register(
        _ device: String, key: VerifyingKey, contributor: ContributorID, at time: UTCTime
    ) throws -> Bool {
        guard BundleStatement.isName(device) else { throw DeviceError.badName(device) }
        let keys = try catalog.deviceKeys()
        if let holding = keys.first(where: { $0.revokedAt == nil && $0.device.hasSameBytes(as: device) }) {
            guard holding.key == key, holding.contributor == contributor.text else {
                throw DeviceError.hasKey(holding)
            }
            return false
        }
        if let holding = keys.first(where: { $0.revokedAt == nil && $0.key == key }) {
            throw DeviceError.hasKey(holding)
        }
        let revoked = keys.filter { $0.key == key || $0.device.hasSameBytes(as: device) }
            .compactMap(\.revokedAt)
        if let last = revoked.max(), time < last { throw DeviceError.tooEarly("revoked", last) }
        if let bundle = try catalog.lastBundle(since: time, by: key, naming: device) {
            throw DeviceError.judgedBefore(bundle.upload, bundle.receivedAt)
        }
        try catalog.register(
            DeviceKey(
                device: device, key: key, contributor: contributor.text, registeredAt: time, revokedAt: nil))
        return true
    }

    /// Revokes the key of `device`, as of `time`.
    ///
    /// - Throws: ``DeviceError``, or what the catalog throws.
    public func revoke(_ device: String, at time: UTCTime) throws -> DeviceKey {
        let holding = try catalog.deviceKeys().first {
            $0.revokedAt == nil && $0.device.hasSameBytes(as: device)
        }
        guard let holding else { throw DeviceError.noKey(device) }
        guard holding.registeredAt <= time else {
            throw DeviceError.tooEarly("registered", holding.registeredAt)
        }
        if let bundle = try catalog.lastBundle(since: time, by: holding.key, naming: nil) {
            throw DeviceError.judgedBefore(bundle.upload, bundle.receivedAt)
        }
        try catalog.revokeKey(of: device, at: time)
        return holding
    }
}

/// Why a key cannot be registered or revoked.
public enum DeviceError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The text is no name of a device.
    case badName(String)
    /// Device or key are registered otherwise.
    case hasKey(DeviceKey)
    /// The device has no key that holds.
    case noKey(String)
    /// The time is before what happened to the key then.
    case tooEarly(String, UTCTime)
    /// An upload that it concerns was read without it.
    case judgedBefore(String, UTCTime)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .badName(let name): "'\(name)' is no device's name: 1 to 128 printable bytes, no '\\'"
        case .hasKey(let key):
            "device \(key.device) of \(key.contributor) is registered with key \(key.key): revoke that first"
        case .noKey(let device):
            "device '\(device)' has no key that holds; 'waggle device list' names those that have"
        case .tooEarly(let what, let time): "it was \(what) as of \(time): give a later time with --as-of"
        case .judgedBefore(let upload, let time):
            "upload \(upload), received at \(time), is in already and was judged without it: give a later time with "
                + "--as-of ('waggle takedown' takes off the map what should not be there)"
        }
    }
}
