import Canonical
import DriveFormats
import Imaging

/// What became of a hostile input.
public enum Reading: Sendable, Equatable {
    /// Refused: a code, where, and why.
    case refused(code: String, place: String, reason: String)
    /// An image of this size.
    case image(Int, Int)
    /// The drives of the format of this name.
    case drives([RawDrive], format: String)

    /// Limits for images, those of the workspace.
    private static let limits = ImageLimits()

    /// Reads `input` with the readers that the workspace uses.
    public static func of(_ input: HostileCase) -> Reading {
        switch input.family {
        case "jpeg", "png": image(input.files.first?.bytes ?? [])
        default: upload(input.files)
        }
    }

    private static func image(_ bytes: [UInt8]) -> Reading {
        do throws(ImageError) {
            let image = try ImageDecoder.decode(bytes, limits: limits)
            return .image(image.width, image.height)
        } catch {
            return .refused(code: error.code.rawValue, place: "", reason: error.message)
        }
    }

    private static func upload(_ files: [(path: String, bytes: [UInt8])]) -> Reading {
        let upload = MemoryFiles(files)
        do {
            guard let format = try DriveFormats.recognise(upload) else {
                throw DriveFormats.unknownFormat(upload)
            }
            return .drives(try format.read(upload), format: format.name)
        } catch let error as FormatError {
            return .refused(code: error.code, place: error.place, reason: error.reason)
        } catch {
            return .refused(code: "unreadable", place: "", reason: "\(error)")
        }
    }

    /// One line that says it all; of many fixes the number, the first and the last.
    public var summary: String {
        switch self {
        case .refused(let code, let place, let reason):
            return "refused \(code)\(place.isEmpty ? "" : " at \(place)"): \(reason.prefix(100))"
        case .image(let width, let height): return "image \(width) x \(height)"
        case .drives(let drives, let format):
            return "\(format): \(drives.map(Self.summary).joined(separator: " | "))"
        }
    }

    private static func summary(_ drive: RawDrive) -> String {
        var parts: [String] = []
        if !drive.trace.isEmpty {
            let ends =
                drive.trace.count == 1
                ? [drive.trace[0]] : [drive.trace[0], drive.trace[drive.trace.count - 1]]
            parts.append("\(drive.trace.count) fixes \(ends.map(summary).joined(separator: " ... "))")
        }
        for frame in drive.frames.prefix(4) {
            parts.append(
                "\(frame.source.path) \(frame.fix.map(summary) ?? "\(frame.capturedAt?.description ?? "no time")")"
                    + (frame.complaint.map { " (\($0))" } ?? ""))
        }
        if drive.frames.count > 4 { parts.append("\(drive.frames.count) frames") }
        return (parts + drive.remarks).joined(separator: "; ")
    }

    private static func summary(_ fix: RawFix) -> String {
        "\(fix.latitude),\(fix.longitude)@\(fix.time?.description ?? "-")"
    }
}

/// An upload of files that are nowhere but in memory.
public struct MemoryFiles: UploadContents {
    /// Sorted by the bytes of their paths.
    public let files: [UploadFile]
    private let contents: [[UInt8]: [UInt8]]

    /// The files `contents`.
    public init(_ contents: [(path: String, bytes: [UInt8])]) {
        var byPath: [[UInt8]: [UInt8]] = [:]
        for file in contents { byPath[Array(file.path.utf8)] = file.bytes }
        self.contents = byPath
        files = contents.map { UploadFile(path: $0.path, size: $0.bytes.count) }
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// Bytes `range` of `file`; fewer where it ends before.
    public func bytes(of file: UploadFile, range: Range<Int>) throws(UploadReadError) -> [UInt8] {
        guard let bytes = contents[Array(file.path.utf8)] else {
            throw UploadReadError(path: file.path, reason: "no such file")
        }
        return Array(bytes[range.clamped(to: 0..<bytes.count)])
    }
}
