/// The images of an upload, found by the paths they had on another machine.
struct MapillaryImages {
    let all: [UploadFile]
    private var byName: [[UInt8]: [Int]] = [:]

    init(_ upload: any UploadContents) throws(UploadReadError) {
        all = try ImageCandidates.all(in: upload)
        for (index, file) in all.enumerated() { byName[FileName.key(file.name), default: []].append(index) }
    }

    /// The index of the image that `path` means: the one of its name. Of several, the one that has more of its folders
    /// in common than all others; nil where there is none, or no such one.
    func index(of path: String) -> Int? {
        let folders = Self.components(path)
        guard let name = folders.last, let candidates = byName[Array(name)] else { return nil }
        guard candidates.count > 1 else { return candidates.first }
        let lengths = candidates.map { Self.common(Self.components(all[$0].path), folders) }
        guard let longest = lengths.max(), lengths.count(where: { $0 == longest }) == 1,
            let place = lengths.firstIndex(of: longest)
        else { return nil }
        return candidates[place]
    }

    /// The last part of `path`, if it can be the name of a file.
    static func name(of path: String) -> String? {
        guard let name = components(path).last, name.count <= 255, !name.elementsEqual("..".utf8),
            !name.elementsEqual(".".utf8), !name.contains(0)
        else { return nil }
        return String(decoding: name, as: UTF8.self)
    }

    /// Windows separates by `\`, which elsewhere is a character of a name.
    private static func components(_ path: String) -> [ArraySlice<UInt8>] {
        let bytes = Array(path.utf8)
        let separator = bytes.contains(UInt8(ascii: "/")) ? UInt8(ascii: "/") : UInt8(ascii: "\\")
        return bytes.split(separator: separator)
    }

    private static func common(_ left: [ArraySlice<UInt8>], _ right: [ArraySlice<UInt8>]) -> Int {
        zip(left.reversed(), right.reversed()).prefix { $0.elementsEqual($1) }.count
    }
}
