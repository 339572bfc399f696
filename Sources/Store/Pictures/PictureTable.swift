import Imaging

/// Stored pictures in memory.
public struct PictureTable: Sendable {
    /// The PDQ hash of each.
    public private(set) var pdq: [PDQHash] = []
    /// The three variants of each, one picture after the other.
    public private(set) var variants: [PDQHash] = []
    /// Picture p is that of the frames at places `starts[p]..<starts[p + 1]`.
    public let starts: [UInt32]
    /// The row numbers of the frames, picture by picture.
    public let frames: [Int64]

    /// The pictures of frames with row numbers `ids` and these hashes, three variants each; at most 2^24 of them. Frames with
    /// the same hashes have the same picture.
    public init(ids: [Int64], pdq: [PDQHash], variants: [PDQHash]) {
        var known: [Forms: Int] = [:]
        known.reserveCapacity(ids.count)
        var pictures = [Int](repeating: 0, count: ids.count)
        for place in ids.indices {
            let forms = Forms(
                pdq: pdq[place], mirrored: variants[3 * place], narrowCrop: variants[3 * place + 1],
                wideCrop: variants[3 * place + 2])
            let picture = known[forms, default: self.pdq.count]
            pictures[place] = picture
            if picture < self.pdq.count { continue }
            known[forms] = picture
            self.pdq.append(forms.pdq)
            self.variants.append(forms.mirrored)
            self.variants.append(forms.narrowCrop)
            self.variants.append(forms.wideCrop)
        }
        var starts = [UInt32](repeating: 0, count: self.pdq.count + 1)
        for picture in pictures { starts[picture + 1] += 1 }
        for picture in self.pdq.indices { starts[picture + 1] += starts[picture] }
        var free = starts
        var frames = ids
        for (place, picture) in pictures.enumerated() {
            frames[Int(free[picture])] = ids[place]
            free[picture] += 1
        }
        self.starts = starts
        self.frames = frames
    }

    /// All that decides which pictures are the same one here.
    private struct Forms: Hashable {
        let pdq: PDQHash
        let mirrored: PDQHash
        let narrowCrop: PDQHash
        let wideCrop: PDQHash

        /// Of one form, which tells nearly all apart.
        func hash(into hasher: inout Hasher) { hasher.combine(pdq) }
    }

    /// Its part `section`.
    public func contents(of section: PictureSection) -> PictureSectionContents {
        PictureSectionContents(section.forms == .asItIs ? pdq : variants, band: section.band)
    }
}

/// A table that is searched: it has one section at a time.
public final class PictureTableSearch: PictureSource {
    private let table: PictureTable
    private var current: (section: PictureSection, contents: PictureSectionContents)?

    /// To search `table`.
    public init(_ table: PictureTable) {
        self.table = table
    }

    private func contents(of section: PictureSection) -> PictureSectionContents {
        if let current, current.section == section { return current.contents }
        let contents = table.contents(of: section)
        current = (section, contents)
        return contents
    }

    /// Where the files of `section` begin.
    public func starts(of section: PictureSection) -> [UInt32] { contents(of: section).starts }

    /// The entries at places `range` of `section`.
    public func entries(_ range: Range<Int>, of section: PictureSection) -> PictureEntries {
        contents(of: section).entries
    }

    /// The form at `place` of `section`, and its picture.
    public func form(at place: Int, of section: PictureSection) -> (hash: PDQHash, picture: Int) {
        let member = Int(contents(of: section).members[place])
        return section.forms == .asItIs
            ? (table.pdq[member], member) : (table.variants[member], member / section.forms.count)
    }

    /// The frames that have `picture`.
    public func frames(of picture: Int) -> [Int64] {
        Array(table.frames[Int(table.starts[picture])..<Int(table.starts[picture + 1])])
    }
}
