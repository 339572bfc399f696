import ArgumentParser
import Canonical
import Glibc
import Rewards
import Store
import Workspace

/// The one place that turns errors into messages and exit statuses.
enum Failure {
    /// Done, but something went to quarantine.
    static let quarantined = ExitCode(3)
    /// Something that is needed is not there.
    static let incomplete = ExitCode(3)
    /// What was recomputed is not what is published.
    static let mismatch = ExitCode(1)
    /// Damage was found.
    static let damage = ExitCode(4)
    /// A signature is missing or wrong.
    static let badSignature = ExitCode(12)

    /// Says what went wrong and ends the process.
    static func exit(_ error: any Error) -> Never {
        guard let (status, message) = described(error) else { Waggle.exit(withError: error) }
        if isJSON {
            let record = CanonicalJSON.object([
                "type": .string("error"), "message": .string(message), "exit_status": .integer(status),
            ])
            Output.write(record.line, to: STDERR_FILENO)
        } else {
            Output.write(Array("waggle: \(Printable.text(message))\n".utf8), to: STDERR_FILENO)
        }
        Glibc.exit(status)
    }

    /// Whether errors are to be records: known before, and even if, the arguments cannot be parsed.
    private static var isJSON: Bool { CommandLine.arguments.contains("--json") }

    /// Exit status and message; nil where the argument parser knows better.
    private static func described(_ error: any Error) -> (status: Int32, message: String)? {
        switch error {
        case let error as WorkspaceError:
            let status: Int32 =
                switch error {
                case .noWorkspace: 10
                case .publishedDamage, .badReport: 4
                case .badContributor: 64
                default: 1
                }
            return (status, error.description)
        case let error as ReplayError:
            return ((error.isIncomplete ? incomplete : mismatch).rawValue, error.description)
        case let error as SimulationError:
            let status: Int32 =
                switch error {
                case .cellPrecision: ExitCode.validationFailure.rawValue
                case .unsound: mismatch.rawValue
                }
            return (status, error.description)
        case let error as DeviceError: return (ExitCode.validationFailure.rawValue, error.description)
        case let error as PayoutError: return (ExitCode.validationFailure.rawValue, error.description)
        case let error as PayoutListError: return (error.isOfSignature ? 12 : 4, error.description)
        case let error as PayoutForgery: return (badSignature.rawValue, error.description)
        case let error as ClaimError: return (ExitCode.validationFailure.rawValue, error.description)
        case let error as PayoutBindingError: return (ExitCode.validationFailure.rawValue, error.description)
        case let error as BundleFailure:
            let status: Int32 =
                switch error {
                case .badKey: 12
                case .unsuitable: ExitCode.validationFailure.rawValue
                case .unreadable: 1
                }
            return (status, error.description)
        case let error as RecordError:
            return (ExitCode.validationFailure.rawValue, "the record's \(error)")
        case let error as LogError:
            let status: Int32 = error.isOfSignature ? 12 : error.code == .policyForm ? 64 : 4
            return (status, error.description)
        case let error as WorkspaceLock.Held:
            return (11, "another run holds \(error.path); wait until it has ended and try again")
        case let error as FileFailure:
            let remedy = error.isFullDisk ? "; make room and run again, nothing is lost" : ""
            return (1, error.description + remedy)
        case let error as CatalogDamage:
            return (
                4,
                "the catalog is damaged: \(error); restore it from a copy, or make a new workspace and ingest again"
            )
        case let error as QuarantineDamage:
            return (4, "\(error); restore its reason.json from a copy, or remove the directory")
        case let error where Catalog.isDamage(error):
            return (
                4,
                "the catalog is damaged: \(error); restore it from a copy, or make a new workspace and ingest again"
            )
        case is ExitCode, is CleanExit: return nil
        // Thrown by a command that has looked: the usage of 'waggle' as a whole would not help.
        case let error as ValidationError: return (ExitCode.validationFailure.rawValue, error.message)
        default:
            // The parser's own errors are usage; anything else is a failure of the run.
            let status = Waggle.exitCode(for: error)
            if status == .failure { return (1, String(describing: error)) }
            return status == .validationFailure && isJSON
                ? (status.rawValue, Waggle.message(for: error)) : nil
        }
    }
}

/// Text of unknown origin made fit for a terminal.
enum Printable {
    /// `text` with control characters written as `\u{..}`.
    static func text(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control where scalar != "\n", .format, .lineSeparator, .paragraphSeparator:
                result += scalar.escaped(asASCII: true)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
