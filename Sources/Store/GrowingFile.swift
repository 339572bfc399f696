import Glibc

/// A file that grows at its end, past the kernel's cache where it is large. Who gives it its final name makes it durable.
public final class GrowingFile {
    private let block: DirectBlock
    /// Bytes of the block that wait to be written.
    private var waiting = 0
    /// Bytes written so far.
    public private(set) var count: UInt64 = 0
    /// What is smaller is written through the cache: waiting for the disk would cost more.
    private static let smallest = 256 << 10

    init(_ file: FileDescriptor) {
        block = DirectBlock(for: file)
    }

    /// Appends `bytes`.
    public func write(_ bytes: [UInt8]) throws(FileFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(room)
            part.withUnsafeBytes { append($0) }
            rest.removeFirst(part.count)
            try writeFullBlock()
        }
    }

    /// Appends bytes `range` of `source`, all of them.
    public func copy(_ range: Range<UInt64>, of source: SpoolFile) throws(FileFailure) {
        var rest = range
        while !rest.isEmpty {
            let part = UnsafeMutableRawBufferPointer(
                rebasing: block.memory[waiting...].prefix(Int(clamping: rest.count)))
            try source.read(part, at: rest.lowerBound)
            waiting += part.count
            count += UInt64(part.count)
            rest = rest.lowerBound + UInt64(part.count)..<rest.upperBound
            try writeFullBlock()
        }
    }

    /// Appends bytes `range` of `source`, all of them.
    public func copy(_ range: Range<UInt64>, of source: PassingFile) throws(FileFailure) {
        var rest = range
        while !rest.isEmpty {
            let part = try source.bytes(at: rest.lowerBound).prefix(min(room, Int(clamping: rest.count)))
            append(UnsafeRawBufferPointer(rebasing: part))
            rest = rest.lowerBound + UInt64(part.count)..<rest.upperBound
            try writeFullBlock()
        }
    }

    /// Hands what waits over to the system. Nothing is written afterwards.
    public func finish() throws(FileFailure) {
        let whole = waiting - waiting % DirectBlock.alignment
        try block.set(direct: whole >= Self.smallest)
        try block.write(0..<whole)
        try block.set(direct: false)
        try block.write(whole..<waiting)
        waiting = 0
    }

    private var room: Int { DirectBlock.size - waiting }

    private func append(_ bytes: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(rebasing: block.memory[waiting...]).copyMemory(from: bytes)
        waiting += bytes.count
        count += UInt64(bytes.count)
    }

    private func writeFullBlock() throws(FileFailure) {
        guard room == 0 else { return }
        try block.set(direct: true)
        try block.write(0..<waiting)
        waiting = 0
    }
}

/// A file that is copied from front to back, past the kernel's cache.
public final class PassingFile {
    private let file: FileDescriptor
    private let block: DirectBlock
    /// Which bytes of the file are in the block.
    private var known: Range<UInt64> = 0..<0

    /// Opens `path`, a regular file that does not change.
    public init(_ path: String) throws(FileFailure) {
        file = try FileDescriptor(opening: path, flags: O_RDONLY | O_NONBLOCK)
        block = DirectBlock(for: file)
        try block.set(direct: true)
    }

    /// Some bytes from `offset` on, at least one, until they are asked for again.
    ///
    /// - Throws: ``FileFailure``; with `EIO` where the file ends before.
    func bytes(at offset: UInt64) throws(FileFailure) -> Slice<UnsafeRawBufferPointer> {
        if !known.contains(offset) {
            let start = offset - offset % UInt64(DirectBlock.alignment)
            known = 0..<0
            known = start..<start + UInt64(try block.read(at: start))
            guard known.contains(offset) else { throw FileFailure("read", file.path, code: EIO) }
        }
        return UnsafeRawBufferPointer(block.memory)[
            Int(offset - known.lowerBound)..<Int(known.upperBound - known.lowerBound)]
    }
}

/// A file that grows at its end and is read anywhere, for as long as it is open.
public final class SpoolFile {
    private let file: FileDescriptor
    private var waiting: [UInt8] = []
    /// Bytes written so far.
    public private(set) var count: UInt64 = 0
    private static let bufferSize = 1 << 18

    init(_ file: FileDescriptor) {
        self.file = file
    }

    /// Appends `bytes`.
    public func write(_ bytes: [UInt8]) throws(FileFailure) {
        count += UInt64(bytes.count)
        if waiting.count + bytes.count > Self.bufferSize { try flush() }
        if bytes.count > Self.bufferSize { try file.write(bytes) } else { waiting += bytes }
    }

    /// Fills `memory` from `offset` on.
    func read(_ memory: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(FileFailure) {
        try flush()
        var filled = 0
        while filled < memory.count {
            let step = try retrying("read", file.path) {
                pread(
                    file.number, memory.baseAddress.map { $0 + filled }, memory.count - filled,
                    off_t(clamping: offset) + off_t(filled))
            }
            guard step > 0 else { throw FileFailure("read", file.path, code: EIO) }
            filled += step
        }
    }

    private func flush() throws(FileFailure) {
        if waiting.isEmpty { return }
        try file.write(waiting)
        waiting.removeAll(keepingCapacity: true)
    }
}
