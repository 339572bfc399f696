import Imaging

/// Where everything lies in a file of pictures. All numbers are in the machine's own byte order, which the file names: it is
/// derived data and goes to no other machine.
///
/// A header of 64 bytes; the four hashes of every picture; where the frames of every picture begin, and behind them how many
/// there are; the row numbers of the frames; and then every section: where its files begin, and of every entry the
/// two bands behind the one it is filed under and the number of the form.
struct PictureRunLayout: Equatable {
    /// Pictures, each with hashes like no other of the table it came from.
    let pictures: Int
    /// Frames that have them.
    let frames: Int
    /// What tells it from a file with as many others, see ``PictureRunRecord/digest``.
    let digest: UInt64

    /// "waggle pictures\n", and a number by which the byte order can be told.
    static let magic: [UInt64] = [0x7020_656c_6767_6177, 0x0a73_6572_7574_6369, 0x0102_0304_0506_0708, 1]
    static let headerBytes = 64
    private static let hashBytes = 32
    private static let formsOfOne = 4
    /// Of an entry: two bands and the number of its form.
    private static let entryBytes = 8
    private static let startsBytes = 4 * (PictureSection.values + 1)

    /// The most pictures: their variants are numbered in 32 bits.
    static let mostPictures = 1 << 30

    init(pictures: Int, frames: Int, digest: UInt64) {
        self.pictures = pictures
        self.frames = frames
        self.digest = digest
    }

    init(_ record: PictureRunRecord) {
        self.init(pictures: record.pictures, frames: record.frames, digest: record.digest)
    }

    /// What the first bytes of a file say; nil where they are of no such file.
    init?(header: [UInt64]) {
        guard header.count * 8 == Self.headerBytes, Array(header[..<4]) == Self.magic,
            let pictures = Int(exactly: header[4]), let frames = Int(exactly: header[5]),
            pictures <= Self.mostPictures, frames <= UInt32.max
        else { return nil }
        self.init(pictures: pictures, frames: frames, digest: header[6])
    }

    var header: [UInt64] { Self.magic + [UInt64(pictures), UInt64(frames), digest, 0] }

    var frameStarts: Int { hash(0, ofPicture: pictures) }
    var frameIDs: Int { frameStarts + 4 * (pictures + 1) }
    var bytes: Int { starts(ofSection: PictureSection.all.count) }

    func hash(_ form: Int, ofPicture picture: Int) -> Int {
        Self.headerBytes + (picture * Self.formsOfOne + form) * Self.hashBytes
    }

    /// Forms in a section.
    func entries(of section: PictureSection) -> Int { pictures * section.forms.count }

    func starts(of section: PictureSection) -> Int {
        starts(ofSection: section.band * PictureSection.Forms.allCases.count + section.forms.rawValue)
    }

    private func starts(ofSection number: Int) -> Int {
        let kinds = PictureSection.Forms.allCases
        let (bands, rest) = number.quotientAndRemainder(dividingBy: kinds.count)
        let entries =
            kinds.reduce(0) { $0 + $1.count } * bands + kinds.prefix(rest).reduce(0) { $0 + $1.count }
        return frameIDs + 8 * frames + number * Self.startsBytes + entries * pictures * Self.entryBytes
    }

    func next(of section: PictureSection) -> Int { starts(of: section) + Self.startsBytes }
    func third(of section: PictureSection) -> Int { next(of: section) + 2 * entries(of: section) }
    func members(of section: PictureSection) -> Int { third(of: section) + 2 * entries(of: section) }
}
