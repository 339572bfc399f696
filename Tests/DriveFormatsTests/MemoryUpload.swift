import DriveFormats

/// An upload that exists in memory only; counts nothing, hides nothing.
struct MemoryUpload: UploadContents {
    let files: [UploadFile]
    private let contents: [[UInt8]: [UInt8]]

    init(_ contents: [(path: String, bytes: [UInt8])]) {
        var byPath: [[UInt8]: [UInt8]] = [:]
        for entry in contents { byPath[Array(entry.path.utf8)] = entry.bytes }
        self.contents = byPath
        files = contents.map { UploadFile(path: $0.path, size: $0.bytes.count) }
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    func bytes(of file: UploadFile, range: Range<Int>) throws(UploadReadError) -> [UInt8] {
        guard let bytes = contents[Array(file.path.utf8)] else {
            throw UploadReadError(path: file.path, reason: "no such file")
        }
        return Array(bytes[range.clamped(to: 0..<bytes.count)])
    }
}

/// Text as the bytes of a file.
func text(_ string: String) -> [UInt8] { Array(string.utf8) }

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers from a seed on every platform.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension DriveFormats {
    /// What an upload of `contents` is read as, which is what the workspace does with it.
    static func drives(_ contents: [(path: String, bytes: [UInt8])]) throws -> [RawDrive] {
        let upload = MemoryUpload(contents)
        guard let format = try recognise(upload) else { throw unknownFormat(upload) }
        return try format.read(upload)
    }

    /// The name of the format that recognises `contents`.
    static func formatName(_ contents: [(path: String, bytes: [UInt8])]) throws -> String? {
        try recognise(MemoryUpload(contents))?.name
    }
}

/// The code of the format error that `body` throws.
func code(_ body: () throws -> Void) -> String? {
    do {
        try body()
        return nil
    } catch {
        return (error as? FormatError)?.code ?? "\(error)"
    }
}
