import DriveFormats
import Store

/// Why a bundle could not be made, signed or found sound.
public enum BundleFailure: Error, Sendable, CustomStringConvertible {
    /// The key file at this path cannot be used, and why.
    case badKey(String, String)
    /// What was asked for does not fit the bundle.
    case unsuitable(String)
    /// The upload or bundle cannot be read.
    case unreadable(FormatError)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .badKey(let path, let why): "\(path): \(why)"
        case .unsuitable(let why): why
        case .unreadable(let error): error.description
        }
    }

    /// The reason an upload would be refused for; nil where nothing is wrong with one.
    public var finding: BundleFinding? {
        guard case .unreadable(let error) = self else { return nil }
        return BundleFinding(
            code: error.code, place: error.place, reason: error.reason, remedy: error.remedy)
    }
}

/// Why a bundle would go to quarantine.
public struct BundleFinding: Sendable, Equatable {
    /// A stable name, as `bundle.file_differs`.
    public let code: String
    /// The file, and the place in it.
    public let place: String
    /// What is wrong, in words.
    public let reason: String
    /// What to do about it, in words.
    public let remedy: String

    /// Whether it is about who signed, and not about damage.
    public var isOfSignature: Bool { code.hasPrefix("bundle.signature_") || code.hasPrefix("bundle.key_") }
}

extension UploadDirectory {
    /// The files of the directory `path`, one that a contributor delivered or is about to deliver.
    static func delivered(_ path: String) throws -> UploadDirectory {
        do { return try UploadDirectory(path) } catch let error as UnsafeUpload {
            throw BundleFailure.unreadable(
                FormatError(
                    code: error.code, place: error.place, reason: error.reason,
                    remedy: "name a directory of plain files"))
        }
    }
}
