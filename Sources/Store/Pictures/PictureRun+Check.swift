import Imaging

extension PictureRun {
    /// What of the file does not fit together, in words; empty if nothing. `visit` is given every frame with the hashes that
    /// it has here: the picture as it is and its three variants.
    public func findings(
        _ visit: (_ frame: Int64, _ forms: [PDQHash]) throws -> Void
    ) throws -> [String] {
        var expected = [UInt64](repeating: 0, count: PictureSection.all.count)
        do {
            try forEachPicture { picture, forms, frames in
                for frame in frames { try visit(frame, forms) }
                for (number, section) in PictureSection.all.enumerated() {
                    let own = section.forms == .asItIs ? forms[...0] : forms[1...]
                    for (form, hash) in own.enumerated() {
                        let member = UInt32(picture * section.forms.count + form)
                        expected[number] &+= Self.digest(
                            value: hash.band(section.band), next: hash.band(section.band + 1),
                            third: hash.band(section.band + 2), member: member)
                    }
                }
            }
            var findings: [String] = []
            for (number, section) in PictureSection.all.enumerated()
            where try digest(of: section) != expected[number] {
                findings.append("the entries of band \(section.band) are not those of its pictures")
            }
            return findings
        } catch let damage as PictureRunDamage {
            return [damage.detail]
        }
    }

    private static let atOnce = 4096

    private func forEachPicture(_ body: (Int, [PDQHash], ArraySlice<Int64>) throws -> Void) throws {
        for first in stride(from: 0, to: layout.pictures, by: Self.atOnce) {
            let count = min(Self.atOnce, layout.pictures - first)
            let words: [UInt64] = try values(16 * count, at: layout.hash(0, ofPicture: first))
            let starts: [UInt32] = try values(count + 1, at: layout.frameStarts + 4 * first)
            guard let begin = starts.first, let end = starts.last,
                zip(starts, starts.dropFirst()).allSatisfy(<),
                first > 0 || begin == 0, Int(end) <= layout.frames,
                first + count < layout.pictures || Int(end) == layout.frames
            else { throw damage("a picture's frames are not in order") }
            let ids: [Int64] = try values(Int(end - begin), at: layout.frameIDs + 8 * Int(begin))
            for place in 0..<count {
                let forms = (0..<4).map { form in
                    let word = 16 * place + 4 * form
                    return PDQHash(
                        w0: words[word], w1: words[word + 1], w2: words[word + 2], w3: words[word + 3])
                }
                try body(
                    first + place, forms, ids[Int(starts[place] - begin)..<Int(starts[place + 1] - begin)])
            }
        }
    }

    /// The sum of what stands for each entry of `section`: the same entries in any order have the same.
    private func digest(of section: PictureSection) throws -> UInt64 {
        let starts = try starts(of: section)
        var (sum, value) = (UInt64(0), 0)
        let entries = layout.entries(of: section)
        for first in stride(from: 0, to: entries, by: Self.atOnce) {
            let count = min(Self.atOnce, entries - first)
            let next: [UInt16] = try values(count, at: layout.next(of: section) + 2 * first)
            let third: [UInt16] = try values(count, at: layout.third(of: section) + 2 * first)
            let members: [UInt32] = try values(count, at: layout.members(of: section) + 4 * first)
            for place in 0..<count {
                while Int(starts[value + 1]) <= first + place { value += 1 }
                sum &+= Self.digest(
                    value: UInt16(truncatingIfNeeded: value), next: next[place], third: third[place],
                    member: members[place])
            }
        }
        return sum
    }

    /// A number that stands for one entry; not against somebody who wants two to have the same, but against chance.
    private static func digest(value: UInt16, next: UInt16, third: UInt16, member: UInt32) -> UInt64 {
        PictureRunRecord.digest(UInt64(value) << 32 | UInt64(next) << 16 | UInt64(third), UInt64(member))
    }
}
