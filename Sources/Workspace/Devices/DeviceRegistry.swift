import Canonical
import DriveFormats
import Store

/// The registered keys of devices, and what they say of a bundle.
///
/// What it says depends on the bundle, on who delivered it and when it was received, and on nothing else that was
/// delivered.
struct DeviceRegistry: Sendable {
    private let keys: [DeviceKey]

    /// What a signature counts for.
    enum Standing: Sendable, Equatable {
        /// Nobody signed, and nobody had to.
        case unsigned
        /// Signed by a key that nobody has registered: worth no more than unsigned.
        case unregistered
        /// Signed by the device's own key.
        case registered
    }

    init(_ keys: [DeviceKey]) {
        self.keys = keys
    }

    /// What the signature of `bundle`, which `contributor` delivered and which was received at `receivedAt`, counts for.
    ///
    /// - Throws: ``FormatError`` `bundle.signature_stripped`, `.key_unknown`, `.key_revoked` or `.other_contributor`.
    func check(
        _ bundle: VerifiedBundle, by contributor: ContributorID, receivedAt: UTCTime
    ) throws(FormatError) -> Standing {
        guard let signer = bundle.statement.signer else {
            // A name that was registered once stays protected, whatever became of its key.
            let named = bundle.drives.compactMap(\.device).first { known($0, at: receivedAt) }
            guard let named else { return .unsigned }
            throw failure(
                "bundle.signature_stripped", "$",
                "device \(named) is registered and signs its bundles; nobody signed this one",
                "deliver the bundle as the device signed it")
        }
        let own = keys.filter { $0.key == signer.key && $0.registeredAt <= receivedAt }
        if let key = own.first(where: { $0.holds(at: receivedAt) }) {
            guard key.device.hasSameBytes(as: signer.device) else {
                throw failure(
                    "bundle.key_unknown", "$.signer.device",
                    "the key is that of device \(key.device), not of \(signer.device)",
                    "sign with the name under which the key is registered")
            }
            guard key.contributor == contributor.text else {
                throw failure(
                    "bundle.other_contributor", "$.signer.key",
                    "device \(key.device) is not registered for \(contributor.text)",
                    "let its owner deliver the bundle, or register the device for its new owner")
            }
            return .registered
        }
        if let revoked = own.compactMap(\.revokedAt).max() {
            throw failure(
                "bundle.key_revoked", "$.signer.key", "the key \(signer.key) is revoked as of \(revoked)",
                "register a new key for the device")
        }
        guard known(signer.device, at: receivedAt) else { return .unregistered }
        throw failure(
            "bundle.key_unknown", "$.signer.key",
            "device \(signer.device) is registered with another key than \(signer.key)",
            "sign with the device's own key, or register this one")
    }

    private func known(_ device: String, at time: UTCTime) -> Bool {
        keys.contains { $0.device.hasSameBytes(as: device) && $0.registeredAt <= time }
    }

    private func failure(
        _ code: String, _ path: String, _ reason: String, _ remedy: String
    ) -> FormatError {
        FormatError(
            code: code, place: "\(BundleStatement.fileName), \(path)", reason: reason, remedy: remedy)
    }
}
