/// The stored form of ``DistinctSets``: the number of hashes, the first hash, every other one minus the one
/// before minus 1; then for every square how many it keeps, the place of the first, every other place minus
/// the one before minus 1. All are varints in their shortest form, and every hash is kept by a square.
extension DistinctSets {
    /// Bytes that the packed form has at most.
    var packedBound: Int { 10 * (hashes.count + 1) + starts.count + 3 * places.count }

    func pack(into writer: inout ProtobufWriter) {
        writer.append(atMost: packedBound) { (output: inout OutputSpan<UInt8>) in
            output.varint(UInt64(hashes.count))
            var next: UInt64 = 0
            for hash in hashes {
                output.varint(hash - next)
                // Nothing comes after the greatest hash there is.
                next = hash &+ 1
            }
            for position in 0..<starts.count - 1 {
                let range = range(at: position)
                output.varint(UInt64(range.count))
                var next: UInt32 = 0
                for index in range {
                    output.varint(UInt64(places[index] - next))
                    next = places[index] + 1
                }
            }
        }
    }

    /// The sets of `squares` that `cursor` stands before.
    init(_ cursor: inout ByteCursor, _ squares: [TileSummary.Square]) throws(TileError) {
        let start = cursor.position
        let hashes = try Self.hashes(&cursor, atMost: squares.count * Self.maxKept)
        var starts: [UInt32] = [0]
        starts.reserveCapacity(squares.count + 1)
        // A place has at least one byte.
        let bound = min(squares.count * Self.maxKept, cursor.remaining)
        let places = try [UInt32](capacity: bound) { output throws(TileError) in
            for square in squares {
                try Self.readPlaces(&cursor, of: square, tableCount: UInt64(hashes.count), to: &output)
                starts.append(UInt32(truncatingIfNeeded: output.count))
            }
        }
        guard Self.areAllKept(hashes.count, places) else {
            throw TileError(.malformed, at: UInt64(start), "a hash that no square keeps")
        }
        self.init(hashes: hashes, starts: starts, places: places)
    }

    @inline(__always)
    private static func readPlaces(
        _ cursor: inout ByteCursor, of square: TileSummary.Square, tableCount: UInt64,
        to output: inout OutputSpan<UInt32>
    ) throws(TileError) {
        let start = cursor.position
        let count = try cursor.shortestVarint()
        guard count >= 1, count <= maxKept, count <= square.summary.n else {
            throw TileError(.malformed, at: UInt64(start), "\(count) hashes for \(square.summary.n) frames")
        }
        var next: UInt64 = 0
        for _ in 0..<count {
            let gap = try cursor.shortestVarint()
            guard gap < tableCount - next else {
                throw cursor.error(.malformed, "a place beyond \(tableCount) hashes")
            }
            output.append(UInt32(truncatingIfNeeded: next + gap))
            next += gap + 1
        }
    }

    private static func areAllKept(_ count: Int, _ places: [UInt32]) -> Bool {
        var isKept = [Bool](repeating: false, count: count)
        for place in places { isKept[Int(place)] = true }
        return !isKept.contains(false)
    }

    private static func hashes(_ cursor: inout ByteCursor, atMost limit: Int) throws(TileError) -> [UInt64] {
        let start = cursor.position
        let count = try cursor.shortestVarint()
        guard count <= UInt64(limit), count <= UInt64(cursor.remaining) else {
            throw TileError(.malformed, at: UInt64(start), "\(count) hashes, at most \(limit) are kept")
        }
        var hashes: [UInt64] = []
        hashes.reserveCapacity(Int(count))
        for _ in 0..<count {
            let start = cursor.position
            let gap = try cursor.shortestVarint()
            let (next, isLast) = hashes.last.map { $0.addingReportingOverflow(1) } ?? (0, false)
            let (hash, overflow) = next.addingReportingOverflow(gap)
            guard !isLast, !overflow else {
                throw TileError(.malformed, at: UInt64(start), "a hash of more than 64 bits")
            }
            hashes.append(hash)
        }
        return hashes
    }
}
