import Imaging

/// Writes a file of pictures from its beginning to its end.
struct PictureRunOutput {
    private let file: FileOutput
    private var waiting: [UInt8] = []
    private static let buffer = 1 << 18

    init(_ path: String) throws(FileFailure) {
        file = try FileOutput(path)
        waiting.reserveCapacity(Self.buffer)
    }

    mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(_ values: [Value]) throws(FileFailure) {
        try append(values[...])
    }

    mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(
        _ values: ArraySlice<Value>
    ) throws(FileFailure) {
        values.withUnsafeBytes { waiting.append(contentsOf: $0) }
        if waiting.count >= Self.buffer { try finish() }
    }

    /// Hands what waits over to the system.
    mutating func finish() throws(FileFailure) {
        try file.append(waiting)
        waiting.removeAll(keepingCapacity: true)
    }

    /// Writes `table`.
    mutating func write(_ table: PictureTable, _ layout: PictureRunLayout) throws {
        try append(layout.header)
        for (picture, hash) in table.pdq.enumerated() {
            for form in [hash] + table.variants[3 * picture..<3 * picture + 3] {
                try append([form.w0, form.w1, form.w2, form.w3])
            }
        }
        try append(table.starts)
        try append(table.frames)
        for section in PictureSection.all {
            let contents = table.contents(of: section)
            try append(contents.starts)
            let count = contents.members.count
            try append(contents.entries.next[..<count])
            try append(contents.entries.third[..<count])
            try append(contents.members)
        }
        try finish()
    }

    /// Writes all that is in `runs`, the pictures of one behind those of the other.
    mutating func write(merging runs: [PictureRun], _ layout: PictureRunLayout) throws {
        try append(layout.header)
        for run in runs {
            try copy(run, at: run.layout.hash(0, ofPicture: 0), count: 16 * run.layout.pictures) {
                (word: UInt64) in word
            }
        }
        var frames: UInt32 = 0
        for run in runs {
            try copy(run, at: run.layout.frameStarts, count: run.layout.pictures) { (start: UInt32) in
                start &+ frames
            }
            frames += UInt32(run.layout.frames)
        }
        try append([frames])
        for run in runs {
            try copy(run, at: run.layout.frameIDs, count: run.layout.frames) { (id: Int64) in id }
        }
        for section in PictureSection.all { try merge(section, of: runs) }
        try finish()
    }

    private mutating func copy<Value: FixedWidthInteger & BitwiseCopyable>(
        _ run: PictureRun, at offset: Int, count: Int, _ change: (Value) -> Value
    ) throws {
        let step = Self.buffer / MemoryLayout<Value>.stride
        for first in stride(from: 0, to: count, by: step) {
            var values: [Value] = try run.values(
                min(step, count - first), at: offset + first * MemoryLayout<Value>.stride)
            for place in values.indices { values[place] = change(values[place]) }
            try append(values)
        }
    }

    private mutating func merge(_ section: PictureSection, of runs: [PictureRun]) throws {
        let starts = try runs.map { try $0.starts(of: section) }
        var sums = [UInt32](repeating: 0, count: PictureSection.values + 1)
        for own in starts {
            for value in sums.indices { sums[value] += own[value] }
        }
        try append(sums)
        func columns<Value>(_ offset: (PictureRunLayout) -> Int) -> [PictureRunColumn<Value>] {
            zip(runs, starts).map {
                PictureRunColumn($0, at: offset($0.layout), starts: $1, addend: 0)
            }
        }
        var next: [PictureRunColumn<UInt16>] = columns { $0.next(of: section) }
        try merge(&next)
        var third: [PictureRunColumn<UInt16>] = columns { $0.third(of: section) }
        try merge(&third)
        var members: [PictureRunColumn<UInt32>] = []
        var forms = 0
        for (run, own) in zip(runs, starts) {
            members.append(
                PictureRunColumn(
                    run, at: run.layout.members(of: section), starts: own, addend: UInt32(forms)))
            forms += run.layout.entries(of: section)
        }
        try merge(&members)
    }

    /// File by file, what each column has in it.
    private mutating func merge<Value>(_ columns: inout [PictureRunColumn<Value>]) throws {
        var output: [Value] = []
        for value in 0..<PictureSection.values {
            for place in columns.indices { try columns[place].append(file: value, to: &output) }
            if output.count >= Self.buffer / 4 {
                try append(output)
                output.removeAll(keepingCapacity: true)
            }
        }
        try append(output)
    }
}

/// One column of a section, read from its beginning to its end.
private struct PictureRunColumn<Value: FixedWidthInteger & BitwiseCopyable> {
    private let run: PictureRun
    private let offset: Int
    private let starts: [UInt32]
    /// What is added to every value.
    private let addend: Value
    private var known: [Value] = []
    /// The place in the column of the first one known.
    private var first = 0
    private static var step: Int { 1 << 14 }

    init(_ run: PictureRun, at offset: Int, starts: [UInt32], addend: Value) {
        self.run = run
        self.offset = offset
        self.starts = starts
        self.addend = addend
    }

    /// Appends what is filed under `value`.
    @inline(__always)
    mutating func append(file value: Int, to output: inout [Value]) throws {
        var (place, end) = (Int(starts[value]), Int(starts[value + 1]))
        while place < end {
            if place >= first + known.count {
                first = place
                known = try run.values(
                    min(Self.step, Int(starts[PictureSection.values]) - place),
                    at: offset + place * MemoryLayout<Value>.stride)
            }
            let part = place..<min(end, first + known.count)
            for own in part { output.append(known[own - first] &+ addend) }
            place = part.upperBound
        }
        end = place
    }
}
