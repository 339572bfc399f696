import Imaging

/// Stored pictures that can be searched section by section, wherever they lie. A picture here is one set of hashes, however
/// many frames have it.
public protocol PictureSource {
    /// Where the files of `section` begin, and behind them how many forms are in it: 65,537 numbers, none of them less than
    /// the one before.
    func starts(of section: PictureSection) throws -> [UInt32]

    /// The entries at places `range` of `section`, perhaps with others around them.
    func entries(_ range: Range<Int>, of section: PictureSection) throws -> PictureEntries

    /// The form at `place` of `section`, and the number of its picture.
    func form(at place: Int, of section: PictureSection) throws -> (hash: PDQHash, picture: Int)

    /// The row numbers of the frames that have a picture.
    func frames(of picture: Int) throws -> [Int64]
}
