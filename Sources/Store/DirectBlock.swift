import CLinux
import Glibc

/// Memory through which a file is read or written past the kernel's cache, a block at a time.
///
/// A generation is written once, and most of it copied from the one before: through the cache, that costs the kernel
/// more than the copying itself. Past it, it wants memory and offsets on borders of ``alignment``; where a file
/// system has no such way, the cache is used.
final class DirectBlock {
    /// What memory and offsets are multiples of: no common disk has larger sectors.
    static let alignment = 4096
    /// Bytes of a block.
    static let size = 1 << 20

    /// The memory, ``size`` bytes.
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: alignment)
    private let file: FileDescriptor
    private var isDirect = false

    /// A block for `file`, whose reads and writes go through the cache first.
    init(for file: FileDescriptor) {
        self.file = file
    }

    deinit { memory.deallocate() }

    /// Has what follows go past the cache where it can, or through it.
    func set(direct: Bool) throws(FileFailure) {
        guard direct != isDirect else { return }
        isDirect = direct && waggle_set_direct(file.number, 1) == 0
        if !direct, waggle_set_direct(file.number, 0) != 0 { throw FileFailure("fcntl", file.path) }
    }

    /// Writes bytes `range` of the memory at the file's position.
    func write(_ range: Range<Int>) throws(FileFailure) {
        var rest = UnsafeRawBufferPointer(memory)[range]
        while !rest.isEmpty {
            let bytes = UnsafeRawBufferPointer(rebasing: rest)
            rest = rest.dropFirst(
                try falling { () throws(FileFailure) in
                    try retrying("write", file.path) {
                        Glibc.write(file.number, bytes.baseAddress, bytes.count)
                    }
                })
        }
    }

    /// Fills the memory from `offset` of the file on, a multiple of ``alignment``. Bytes read, 0 at the file's end.
    func read(at offset: UInt64) throws(FileFailure) -> Int {
        try falling { () throws(FileFailure) in
            try retrying("read", file.path) {
                pread(file.number, memory.baseAddress, memory.count, off_t(clamping: offset))
            }
        }
    }

    /// Does `body` once more through the cache where the file system says no to going past it.
    private func falling(_ body: () throws(FileFailure) -> Int) throws(FileFailure) -> Int {
        do throws(FileFailure) { return try body() } catch  where error.code == EINVAL && isDirect {
            try set(direct: false)
        }
        return try body()
    }
}
