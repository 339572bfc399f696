import Canonical
import Rewards

/// Why a key, a binding or a set of claims is refused, with what to do about it.
public enum PayoutError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The time is before the seal of an epoch, whose bindings are settled.
    case beforeSeal(UTCTime, epoch: String, sealedAsOf: UTCTime)
    /// The key may not speak for the account.
    case keyDoesNotCount(VerifyingKey, account: String, at: UTCTime)
    /// The key is not that of the device.
    case notTheDevices(String, VerifyingKey)
    /// The key that is to sign a change of the keys is no operator's that holds.
    case noOperator(VerifyingKey)
    /// The first key that is named must name itself.
    case firstKey(VerifyingKey)
    /// The key that is to be ended does not hold.
    case keyDoesNotHold(VerifyingKey)
    /// The device has no registered key then.
    case noDevice(String, at: UTCTime)
    /// The time is before that of the last change of the keys.
    case beforeLastChange(UTCTime, last: UTCTime)
    /// The account has a record that counts and is as late or later.
    case superseded(String, by: UTCTime)
    /// There is no final epoch.
    case nothingFinal
    /// The file is there with other contents.
    case otherFile(String)
    /// Claims of the epoch and scheme are published for another token.
    case otherToken(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .beforeSeal(let time, let epoch, let sealedAsOf):
            "\(time) is before the seal of \(epoch), \(sealedAsOf), and whom a sealed epoch pays where never changes: "
                + "give a later time with --as-of"
        case .keyDoesNotCount(let key, let account, let time):
            "key \(key) cannot bind '\(account)' at \(time): it takes an operator's ('waggle rewards operators list'), or "
                + "that of a device registered for '\(account)' ('waggle device list') that an operator has let bind it "
                + "('waggle rewards operators add --device')"
        case .notTheDevices(let device, let key):
            "device '\(device)' is not registered with key \(key): see 'waggle device list'"
        case .noOperator(let key):
            "key \(key) is no operator's that holds, and only such a one changes whose signatures count: see "
                + "'waggle rewards operators list'"
        case .firstKey(let key):
            "no key is named yet, and the first is an operator's that names itself: 'waggle rewards operators add' with "
                + "the public key of --key, which is \(key)"
        case .keyDoesNotHold(let key):
            "key \(key) does not hold: see 'waggle rewards operators list'"
        case .noDevice(let device, let time):
            "device '\(device)' has no key at \(time): see 'waggle device list'"
        case .beforeLastChange(let time, let last):
            "\(time) is before the last change of the keys, \(last): give a later time with --as-of"
        case .superseded(let account, let time):
            "'\(account)' has a binding of \(time), which counts before this one: give a later time with --as-of"
        case .nothingFinal:
            "no epoch is final, and only final ones can be claimed: see 'waggle epoch list', 'waggle epoch finalize'"
        case .otherFile(let path): "\(path) is there with other contents: name another directory with -o"
        case .otherToken(let path):
            "\(path) has the claims of this epoch in another token (decimals or --token): name a directory for these with "
                + "-o"
        }
    }
}
