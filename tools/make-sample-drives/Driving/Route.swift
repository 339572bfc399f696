import Glibc

/// The path of a car in the right-hand lane from crossing to crossing, with rounded turns.
struct Route: Sendable {
    private enum Piece: Sendable {
        case line(start: SIMD2<Double>, direction: SIMD2<Double>)
        /// A turn about `centre`; `turn` is 1 to the right and -1 to the left.
        case arc(centre: SIMD2<Double>, radius: Double, startHeading: Double, turn: Double)
    }

    private var pieces: [(piece: Piece, start: Double, length: Double)] = []
    /// Metres in all.
    private(set) var length: Double = 0

    /// The way along `crossings`, each on one street with the next.
    init(_ crossings: [Crossing]) {
        let corners = crossings.map(\.position)
        let directions = zip(corners, corners.dropFirst()).map { Self.unit($1 - $0) }
        guard let first = corners.first, let last = corners.last, let firstDirection = directions.first,
            let lastDirection = directions.last
        else { return }
        var place = first + Self.lane(firstDirection)
        for (index, direction) in directions.enumerated() {
            guard index + 1 < directions.count else { break }
            let next = directions[index + 1]
            let turn = direction.x * next.y - direction.y * next.x
            guard abs(turn) > 0.5 else { continue }
            let radius = turn < 0 ? 4.5 : 9.0
            let corner = corners[index + 1] + Self.lane(direction) + Self.lane(next)
            let entry = corner - direction * radius
            append(line: place, to: entry, direction)
            append(
                .arc(
                    centre: entry + next * radius, radius: radius, startHeading: Self.heading(direction),
                    turn: turn < 0 ? 1 : -1), length: radius * .pi / 2)
            place = corner + next * radius
        }
        append(line: place, to: last + Self.lane(lastDirection), lastDirection)
    }

    /// The place `metres` from the start, and the heading there in degrees clockwise from north.
    func pose(at metres: Double) -> (place: SIMD2<Double>, heading: Double) {
        guard let piece = pieces.last(where: { $0.start <= metres }) ?? pieces.first else {
            return (.zero, 0)
        }
        let along = metres - piece.start
        switch piece.piece {
        case .line(let start, let direction): return (start + direction * along, Self.heading(direction))
        case .arc(let centre, let radius, let startHeading, let turn):
            let heading = startHeading + turn * along / radius * 180 / .pi
            let angle = heading * .pi / 180
            // The car is on the left of the centre in a turn to the right.
            return (
                centre + SIMD2(-cos(angle), sin(angle)) * (radius * turn),
                (heading + 360).truncatingRemainder(dividingBy: 360)
            )
        }
    }

    /// Metres from there to the nearest turn.
    func distanceToTurn(at metres: Double) -> Double {
        pieces.reduce(.infinity) { nearest, piece in
            guard case .arc = piece.piece else { return nearest }
            let (before, after) = (piece.start - metres, metres - piece.start - piece.length)
            return min(nearest, max(0, max(before, after)))
        }
    }

    private mutating func append(line start: SIMD2<Double>, to end: SIMD2<Double>, _ direction: SIMD2<Double>)
    {
        let difference = end - start
        append(.line(start: start, direction: direction), length: (difference * direction).sum())
    }

    private mutating func append(_ piece: Piece, length added: Double) {
        pieces.append((piece, length, added))
        length += added
    }

    private static func lane(_ direction: SIMD2<Double>) -> SIMD2<Double> {
        SIMD2(direction.y, -direction.x) * Double(RoadNetwork.laneOffset)
    }

    private static func unit(_ vector: SIMD2<Double>) -> SIMD2<Double> {
        vector / (vector * vector).sum().squareRoot()
    }

    private static func heading(_ direction: SIMD2<Double>) -> Double {
        let degrees = atan2(direction.x, direction.y) * 180 / .pi
        return degrees < 0 ? degrees + 360 : degrees
    }
}
