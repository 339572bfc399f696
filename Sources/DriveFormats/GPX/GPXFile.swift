import Canonical

/// One file of an upload as a GPX trace.
enum GPXFile {
    /// Whether `file` begins as GPX: its first element is `gpx`, behind a byte order mark, white space, an XML
    /// declaration, comments and a document type. UTF-16 and document types are recognised to be refused by name.
    static func begins(_ file: UploadFile, in upload: any UploadContents) throws(UploadReadError) -> Bool {
        var bytes = try upload.prefix(of: file, count: 4096)
        if isUTF16(bytes) { bytes.removeAll { $0 == 0 } }
        var rest = bytes.drop { $0 >= 0x80 }
        while true {
            rest = rest.drop(while: DecimalNumber.isSpace)
            guard rest.first == UInt8(ascii: "<") else { return false }
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "?") {
                rest = rest.dropFirst()
                guard let end = behind("?>", rest) else { return false }
                rest = end
            } else if rest.starts(with: "!--".utf8) {
                guard let end = behind("-->", rest.dropFirst(3)) else { return false }
                rest = end
            } else if rest.starts(with: "!DOCTYPE".utf8) {
                return rest.dropFirst(8).drop(while: DecimalNumber.isSpace).starts(with: "gpx".utf8)
            } else {
                return isRoot(rest)
            }
        }
    }

    /// The trace in `file`: its track, or the routes of one that has no track but times in its routes.
    static func read(_ file: UploadFile, in upload: any UploadContents) throws(FormatError) -> RawTrace {
        let contents: GPXContents
        do {
            if isUTF16(try upload.prefix(of: file, count: 2)) {
                throw XMLError.syntax("UTF-16; only UTF-8 is read", 0)
            }
            contents = try GPXReader.read(XMLInput(file, in: upload))
        } catch let error as XMLError {
            throw try failure(error, file, upload)
        } catch {
            throw FormatError(UploadReadError(path: file.path, reason: "\(error)"))
        }
        do throws(GPXContents.Refusal) {
            return try contents.trace
        } catch {
            throw FormatError(
                code: error.code, place: PrintableText.of(file.path), reason: error.reason,
                remedy: error.remedy)
        }
    }

    private static func isUTF16(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    }

    private static func behind(_ mark: String, _ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let mark = Array(mark.utf8)
        var rest = rest
        while rest.count >= mark.count {
            if rest.starts(with: mark) { return rest.dropFirst(mark.count) }
            rest = rest.dropFirst()
        }
        return nil
    }

    /// Whether `rest`, behind a `<`, begins with the name `gpx`, with or without a prefix.
    private static func isRoot(_ rest: ArraySlice<UInt8>) -> Bool {
        let name = rest.prefix {
            !DecimalNumber.isSpace($0) && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
        }
        return name.elementsEqual("gpx".utf8)
            || (name.suffix(4).elementsEqual(":gpx".utf8) && name.count < 64)
    }

    private static func failure(
        _ error: XMLError, _ file: UploadFile, _ upload: any UploadContents
    ) throws(FormatError) -> FormatError {
        switch error {
        case .unreadable(let error): return FormatError(error)
        case .syntax(let reason, let offset):
            let position: TextPosition
            do { position = try TextPosition(offset, of: file, in: upload) } catch {
                return FormatError(error)
            }
            return FormatError(
                code: "gpx.bad_xml",
                place: "\(PrintableText.of(file.path)), line \(position.line), column \(position.column)",
                reason: reason, remedy: "export the track again")
        }
    }
}
