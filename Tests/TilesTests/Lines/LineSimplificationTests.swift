import Testing

@testable import Tiles

@Suite struct LineSimplificationTests {
    /// Whether `point` is farther than `tolerance` from the segment: the textbook's cases, as exact fractions.
    static func isFar(
        _ point: VectorPoint, from start: VectorPoint, _ end: VectorPoint, tolerance: Int128
    ) -> Bool { squareDistance(point, start, end) > Fraction(tolerance * tolerance, 1) }

    struct Fraction: Comparable {
        let numerator: Int128
        let denominator: Int128

        init(_ numerator: Int128, _ denominator: Int128) {
            (self.numerator, self.denominator) = (numerator, denominator)
        }

        static func < (left: Fraction, right: Fraction) -> Bool {
            left.numerator * right.denominator < right.numerator * left.denominator
        }
        static func == (left: Fraction, right: Fraction) -> Bool {
            left.numerator * right.denominator == right.numerator * left.denominator
        }
    }

    /// |p - (a + t (b - a))|^2 for the t in 0...1 that makes it least.
    static func squareDistance(_ point: VectorPoint, _ start: VectorPoint, _ end: VectorPoint) -> Fraction {
        let (bx, by) = (Int128(end.x) - Int128(start.x), Int128(end.y) - Int128(start.y))
        let (px, py) = (Int128(point.x) - Int128(start.x), Int128(point.y) - Int128(start.y))
        let length = bx * bx + by * by
        guard length > 0 else { return Fraction(px * px + py * py, 1) }
        let t = min(max(px * bx + py * by, 0), length)
        let (dx, dy) = (px * length - t * bx, py * length - t * by)
        return Fraction(dx * dx + dy * dy, length * length)
    }

    /// Douglas and Peucker's algorithm as they wrote it: which points stay.
    private func kept(_ line: [VectorPoint], tolerance: Int128) -> [Bool] {
        var kept = [Bool](repeating: false, count: line.count)
        func split(_ first: Int, _ last: Int) {
            (kept[first], kept[last]) = (true, true)
            guard last - first > 1 else { return }
            var farthest = first + 1
            for index in first + 1..<last
            where Self.squareDistance(line[index], line[first], line[last])
                > Self.squareDistance(line[farthest], line[first], line[last])
            { farthest = index }
            guard Self.isFar(line[farthest], from: line[first], line[last], tolerance: tolerance) else {
                return
            }
            split(first, farthest)
            split(farthest, last)
        }
        split(0, line.count - 1)
        return kept
    }

    @Test("One pass gives the textbook's line for every tolerance", arguments: 0..<60 as Range<UInt64>)
    func ranks(seed: UInt64) {
        var random = SeededRandom(seed)
        let line = random.line(Int.random(in: 1...120, using: &random))
        var simplification = LineSimplification()
        simplification.rank(line.span)
        for rank in 0...10 as ClosedRange<UInt8> {
            let tolerance = Int128(8) << Int128(rank)
            #expect(
                simplification.ranks.map { $0 > rank } == kept(line, tolerance: tolerance), "seed \(seed)")
        }
    }

    @Test("What is left out is within the tolerance of what replaces it", arguments: 0..<60 as Range<UInt64>)
    func errors(seed: UInt64) {
        var random = SeededRandom(1000 + seed)
        let line = random.line(100)
        var simplification = LineSimplification()
        simplification.rank(line.span)
        for rank in 0...10 as ClosedRange<UInt8> {
            let kept = line.indices.filter { simplification.ranks[$0] > rank }
            #expect(kept.first == 0 && kept.last == line.count - 1)
            for (first, last) in zip(kept, kept.dropFirst()) {
                for point in line[first...last] {
                    #expect(
                        !Self.isFar(
                            point, from: line[first], line[last], tolerance: Int128(8) << Int128(rank)))
                }
            }
        }
    }

    @Test("A simplified line stays as it is", arguments: 0..<60 as Range<UInt64>)
    func idempotent(seed: UInt64) {
        var random = SeededRandom(2000 + seed)
        var simplification = LineSimplification()
        let once = simplification.simplified(random.line(300)[...])
        #expect(simplification.simplified(once[...]) == once)
    }

    @Test func bendsOfEightUnitsVanishAndOfNineDoNot() {
        var simplification = LineSimplification()
        let (start, end) = (VectorPoint(x: 0, y: 0), VectorPoint(x: 1000, y: 0))
        for (bend, count) in [(8, 2), (9, 3)] as [(Int32, Int)] {
            let line = [start, VectorPoint(x: 500, y: bend), end]
            #expect(simplification.simplified(line[...]).count == count)
            // A line back to where it began.
            let loop = [start, VectorPoint(x: bend, y: 0), start]
            #expect(simplification.simplified(loop[...]).count == [1, 3][count - 2])
            // Beyond the end: the distance is that from the end.
            let hook = [start, VectorPoint(x: 1000 + bend, y: 0), end]
            #expect(simplification.simplified(hook[...]).count == count)
        }
    }

    /// A zigzag that widens is the slowest line: every point splits off by itself.
    @Test func theSlowestLineIsRanked() {
        var simplification = LineSimplification()
        let line = (0..<1024 as Range<Int32>).map { index in
            VectorPoint(x: 4 * index, y: 2048 + (index % 2 == 0 ? index : -index))
        }
        simplification.rank(line.span)
        #expect(simplification.ranks.filter { $0 > 0 }.count > 1000)
        let none: [VectorPoint] = []
        simplification.rank(none.span)
        #expect(simplification.ranks.isEmpty)
    }
}
