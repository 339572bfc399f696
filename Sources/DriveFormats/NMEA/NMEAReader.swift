/// Reads a log of NMEA 0183 sentences, chunk by chunk: sentences stand anywhere, between and behind whatever else there is.
///
/// Memory is bounded by ``chunkSize`` and the fixes, time is linear in the size of the file.
struct NMEAReader {
    /// Bytes of one chunk.
    static let chunkSize = 256 << 10
    /// Bytes from its beginning in which a sentence or frame is known to end, with its checksum.
    private static let lookahead = max(UBXFrame.maxLength, NMEASentence.maxLength + 8)

    private(set) var track = NMEATrack()
    private(set) var skipped = NMEASkipped()
    /// The line of the first sentence that is read, and of the last byte.
    private(set) var firstLine: Int?
    private(set) var line = 1

    private let maxFixes: Int
    private var content = Content.nothing
    /// The kinds, as bits, of which a sentence with a checksum was seen.
    private var checksummedKinds: UInt8 = 0
    /// Where in the file the chunk begins, and before which offset no UBX frame is looked for.
    private var chunkStart = 0
    private var nextFrame = 0

    /// What the line so far holds.
    private enum Content { case nothing, text, comment, sentence, binary }

    /// Why reading ends early.
    enum Failure: Error {
        case unreadable(UploadReadError)
        /// The line of the fix that is one too many.
        case tooManyFixes(line: Int)
    }

    /// Reads all of `file`.
    init(
        _ file: UploadFile, in upload: any UploadContents, chunkSize: Int = NMEAReader.chunkSize,
        maxFixes: Int = RawTrace.maxFixes
    ) throws(Failure) {
        self.maxFixes = maxFixes
        let count = max(chunkSize, 2 * Self.lookahead)
        while true {
            let chunk: [UInt8]
            do {
                chunk = try upload.bytes(of: file, range: chunkStart..<chunkStart + count)
            } catch {
                throw .unreadable(error)
            }
            // What is left of a chunk, too short to be sure of, is read again with the next one.
            let isLast = chunk.count < count
            chunkStart += try read(chunk.span, upTo: isLast ? chunk.count : chunk.count - Self.lookahead)
            if isLast { break }
        }
        if content != .nothing { endLine() }
        track.endEpoch()
        try checkCount()
    }

    /// Reads everything that begins before `limit` and says where it ends.
    private mutating func read(_ bytes: Span<UInt8>, upTo limit: Int) throws(Failure) -> Int {
        var index = 0
        while index < limit {
            if content == .comment, bytes[index] != 0x0A {
                index = Self.endOfLine(bytes, from: index + 1)
                continue
            }
            switch bytes[index] {
            case 0x0A:
                endLine()
                line += 1
                index += 1
            case UInt8(ascii: "$"): index = try readSentence(bytes, at: index)
            case UInt8(ascii: "#") where content == .nothing:
                content = .comment
                skipped.comments += 1
            case 0xB5: index = skipFrame(bytes, at: index)
            default: index = skipOther(bytes, from: index)
            }
        }
        return index
    }

    private mutating func endLine() {
        switch content {
        case .nothing: skipped.blankLines += 1
        case .text: skipped.otherLines += 1
        case .comment, .sentence, .binary: break
        }
        content = .nothing
    }

    private func checkCount() throws(Failure) {
        guard track.fixes.count <= maxFixes else { throw .tooManyFixes(line: line) }
    }
}

// MARK: - What stands in a line

extension NMEAReader {
    private mutating func readSentence(_ bytes: Span<UInt8>, at start: Int) throws(Failure) -> Int {
        guard let sentence = NMEASentence(bytes, at: start) else {
            if content == .nothing { content = .text }
            return start + 1
        }
        content = .sentence
        if sentence.isTooLong {
            skipped.tooLong += 1
            // The rest of the line is no sentence either.
            return Self.endOfLine(bytes, from: sentence.end)
        }
        if sentence.checksum == .wrong {
            skipped.wrongChecksums += 1
        } else if sentence.address == .proprietary {
            skipped.proprietary += 1
        } else if case .kind(let kind) = sentence.address {
            try read(kind, sentence, bytes)
        }
        return sentence.end
    }

    private mutating func read(
        _ kind: NMEAKind, _ sentence: NMEASentence, _ bytes: Span<UInt8>
    ) throws(Failure) {
        let bit: UInt8 = 1 << kind.rawValue
        if sentence.checksum == .right {
            checksummedKinds |= bit
        } else if checksummedKinds & bit != 0 {
            // A receiver that writes checksums always does: this one was cut.
            skipped.missingChecksums += 1
            return
        }
        guard let report = NMEAReport(kind, sentence.fields, bytes) else {
            skipped.malformed += 1
            return
        }
        if firstLine == nil { firstLine = line }
        track.add(report)
        try checkCount()
    }

    /// Steps over the UBX frame at `start`, or over its first byte where there is none.
    private mutating func skipFrame(_ bytes: Span<UInt8>, at start: Int) -> Int {
        // Behind a frame that was none, the next is looked for where it would have ended: otherwise a file of nothing
        // but false beginnings would be summed up thousands of times.
        if chunkStart + start >= nextFrame, let length = UBXFrame.length(bytes, at: start) {
            if UBXFrame.isIntact(bytes, at: start, length: length) {
                skipped.ubxFrames += 1
                for index in start..<start + length where bytes[index] == 0x0A { line += 1 }
                content = .binary
                return start + length
            }
            nextFrame = chunkStart + start + length
        }
        skipped.binaryBytes += 1
        content = .binary
        return start + 1
    }

    /// Steps over what begins at `start`, up to the next byte that could begin something or end the line.
    private mutating func skipOther(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x0A || byte == UInt8(ascii: "$") || (byte == 0xB5 && index > start) { break }
            if byte > 0x20, byte < 0x7F {
                if content == .nothing {
                    if byte == UInt8(ascii: "#") { break }
                    content = .text
                }
            } else if byte != 0x20, byte != 0x09, byte != 0x0D {
                skipped.binaryBytes += 1
                if content != .sentence { content = .binary }
            }
            index += 1
        }
        return index
    }

    private static func endOfLine(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        return index
    }
}
