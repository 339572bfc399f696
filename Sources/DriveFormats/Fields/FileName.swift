/// Parts of file names, compared as bytes so that no Unicode equivalence makes two names one.
enum FileName {
    /// `name` without the ASCII `suffix`, which may stand in any case; nil where it ends otherwise or has no more.
    static func removing(_ suffix: String, from name: Substring) -> Substring? {
        let length = suffix.utf8.count
        guard name.utf8.count > length,
            let start = name.utf8.index(name.endIndex, offsetBy: -length, limitedBy: name.startIndex)
        else { return nil }
        let matches = zip(name.utf8[start...], suffix.utf8).allSatisfy { lowercased($0) == $1 }
        return matches ? name[..<start] : nil
    }

    /// `folder` and `name` joined by `/`; `name` alone where `folder` is empty.
    static func join(_ folder: some StringProtocol, _ name: some StringProtocol) -> String {
        folder.isEmpty ? String(name) : "\(folder)/\(name)"
    }

    /// `path` as a key: Swift's own equality of strings would take the two Unicode forms of `é.jpg` for one file.
    static func key(_ path: some StringProtocol) -> [UInt8] { Array(path.utf8) }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
