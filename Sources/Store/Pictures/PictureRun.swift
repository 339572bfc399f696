import Glibc
import Imaging

/// A file with the pictures of some frames, in the order of every band: made once, and never changed.
public final class PictureRun: PictureSource {
    /// What the catalog says of it.
    public let record: PictureRunRecord
    let layout: PictureRunLayout
    private let file: FileDescriptor

    init(_ record: PictureRunRecord, at path: String) throws {
        self.record = record
        file = try FileDescriptor(opening: path, flags: O_RDONLY | O_NONBLOCK)
        let status = try file.status()
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size >= PictureRunLayout.headerBytes,
            let layout = PictureRunLayout(
                header: try file.values(PictureRunLayout.headerBytes / 8, at: 0, padding: 0)),
            layout == PictureRunLayout(record),
            layout.bytes == Int(status.st_size)
        else { throw PictureRunDamage(path: path, "it is not the file that the catalog says") }
        self.layout = layout
    }

    /// Where the files of `section` begin.
    public func starts(of section: PictureSection) throws -> [UInt32] {
        let starts: [UInt32] = try values(PictureSection.values + 1, at: layout.starts(of: section))
        guard starts.first == 0, Int(starts[PictureSection.values]) == layout.entries(of: section),
            Self.isOrdered(starts)
        else { throw damage("a section's files are not in order") }
        return starts
    }

    private static func isOrdered(_ starts: [UInt32]) -> Bool {
        let starts = starts.span
        for place in 1..<starts.count where starts[place &- 1] > starts[place] { return false }
        return true
    }

    /// The entries at places `range` of `section`.
    public func entries(_ range: Range<Int>, of section: PictureSection) throws -> PictureEntries {
        let padding = PictureEntries.padding
        return PictureEntries(
            first: range.lowerBound,
            next: try values(range.count, at: layout.next(of: section) + 2 * range.lowerBound, padding),
            third: try values(range.count, at: layout.third(of: section) + 2 * range.lowerBound, padding))
    }

    /// The form at `place` of `section`, and its picture.
    public func form(at place: Int, of section: PictureSection) throws -> (hash: PDQHash, picture: Int) {
        let members: [UInt32] = try values(1, at: layout.members(of: section) + 4 * place)
        let (picture, form) = Int(members[0]).quotientAndRemainder(dividingBy: section.forms.count)
        guard picture < layout.pictures else { throw damage("an entry is of no picture") }
        let number = section.forms == .asItIs ? 0 : form + 1
        let words: [UInt64] = try values(4, at: layout.hash(number, ofPicture: picture))
        return (PDQHash(w0: words[0], w1: words[1], w2: words[2], w3: words[3]), picture)
    }

    /// The frames that have `picture`.
    public func frames(of picture: Int) throws -> [Int64] {
        let starts: [UInt32] = try values(2, at: layout.frameStarts + 4 * picture)
        guard starts[0] <= starts[1], Int(starts[1]) <= layout.frames else {
            throw damage("a picture's frames are not in order")
        }
        return try values(Int(starts[1] - starts[0]), at: layout.frameIDs + 8 * Int(starts[0]))
    }

    /// `count` values from byte `offset` on, and `padding` zeros.
    func values<Value: FixedWidthInteger & BitwiseCopyable>(
        _ count: Int, at offset: Int, _ padding: Int = 0
    ) throws -> [Value] {
        try file.values(count, at: offset, padding: padding)
    }

    func damage(_ detail: String) -> PictureRunDamage { PictureRunDamage(path: file.path, detail) }
}

/// What the catalog says of a file of pictures.
public struct PictureRunRecord: Sendable, Equatable {
    /// Its number, which no other file ever has.
    public let number: Int64
    /// Pictures in it.
    public let pictures: Int
    /// Frames that have them.
    public let frames: Int
    /// A number that stands for the frames and their pictures: a catalog that was put back from a copy may name a file that was
    /// written for another one.
    public let digest: UInt64

    /// The most frames of a file: forms are numbered in 32 bits.
    public static let mostFrames = PictureRunLayout.mostPictures

    /// A file with this number and this in it.
    public init(number: Int64, pictures: Int, frames: Int, digest: UInt64) {
        self.number = number
        self.pictures = pictures
        self.frames = frames
        self.digest = digest
    }

    /// A file with this number that `table` is written to.
    init(number: Int64, _ table: PictureTable) {
        var digest: UInt64 = 0
        for (picture, hash) in table.pdq.enumerated() {
            for place in Int(table.starts[picture])..<Int(table.starts[picture + 1]) {
                digest &+= Self.digest(UInt64(bitPattern: table.frames[place]), hash.w0)
            }
        }
        self.init(number: number, pictures: table.pdq.count, frames: table.frames.count, digest: digest)
    }

    /// A file with this number that has all that is in `merged`.
    init(number: Int64, merging merged: [PictureRunRecord]) {
        self.init(
            number: number, pictures: merged.reduce(0) { $0 + $1.pictures },
            frames: merged.reduce(0) { $0 + $1.frames }, digest: merged.reduce(0) { $0 &+ $1.digest })
    }

    /// A number that stands for two others, against chance.
    static func digest(_ left: UInt64, _ right: UInt64) -> UInt64 {
        var mixed = (left &* 0x9E37_79B9_7F4A_7C15) ^ (left >> 29)
        mixed = (mixed ^ right &* 0xBF58_476D_1CE4_E5B9) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A file of pictures is gone or is not what was written. It can be made again.
public struct PictureRunDamage: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// What is wrong with it.
    public let detail: String
    /// Both.
    public var description: String { "\(path): \(detail)" }

    init(path: String, _ detail: String) {
        self.path = path
        self.detail = detail
    }
}

extension FileDescriptor {
    /// `count` values from byte `offset` on, all of them, and `padding` zeros.
    fileprivate func values<Value: FixedWidthInteger & BitwiseCopyable>(
        _ count: Int, at offset: Int, padding: Int
    ) throws -> [Value] {
        try [Value](unsafeUninitializedCapacity: count + padding) { buffer, filled in
            let bytes = UnsafeMutableRawBufferPointer(
                rebasing: UnsafeMutableRawBufferPointer(buffer)[..<(count * MemoryLayout<Value>.stride)])
            var done = 0
            while done < bytes.count {
                let step = try retrying("read", path) {
                    pread(
                        number, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset + done))
                }
                guard step > 0 else { throw PictureRunDamage(path: path, "it has become shorter") }
                done += step
            }
            for place in count..<count + padding { buffer[place] = 0 }
            filled = count + padding
        }
    }
}
