import SeededNumbers

/// A point of a made city, millimetres from its south-west corner.
struct CityPoint {
    var east: Int
    var north: Int
}

/// The streets of a made city of 60 x 60 km: a lattice of 120 m whose crossings are shifted a little, so that no street
/// is straight; every eighth street is an arterial. Integers only: a seed has one city on every machine.
struct StreetLattice {
    /// Crossings along one side.
    static let side = 501
    /// Millimetres between crossings.
    static let spacing = 120_000

    /// What decides where the crossings are.
    let seed: UInt64

    /// A crossing of two streets.
    struct Crossing {
        var column: Int
        var row: Int
    }

    /// Where a crossing is: at most 30 m from its place in a regular lattice, north and east.
    func point(of crossing: Crossing) -> CityPoint {
        var random = SplitMix64(seed: seed ^ UInt64(crossing.row * Self.side + crossing.column) << 20)
        return CityPoint(
            east: crossing.column * Self.spacing + random.below(60_001) - 30_000,
            north: crossing.row * Self.spacing + random.below(60_001) - 30_000)
    }

    /// Whether the street through `crossing` that leads north (or east) is an arterial.
    func isArterial(_ crossing: Crossing, leadsNorth: Bool) -> Bool {
        (leadsNorth ? crossing.column : crossing.row) % 8 == 0
    }
}

/// A car that drives about in a made city and turns at crossings as chance has it: mostly straight on, rather into
/// arterials than out of them.
struct StreetWalk {
    private let lattice: StreetLattice
    private var random: SplitMix64
    private var from: StreetLattice.Crossing
    /// Quarter turns clockwise from north.
    private var direction: Int
    private var start: CityPoint
    private var end: CityPoint
    private var travelled = 0

    /// A walk that starts near the centre of the city: the sum of twelve even numbers is nearly normally distributed,
    /// here with a deviation of 5.4 km.
    init(_ lattice: StreetLattice, random seed: UInt64) {
        self.lattice = lattice
        random = SplitMix64(seed: seed)
        from = StreetLattice.Crossing(column: 0, row: 0)
        for _ in 0..<12 {
            from.column += random.below(45) - 1
            from.row += random.below(45) - 1
        }
        direction = random.below(4)
        start = lattice.point(of: from)
        end = lattice.point(of: Self.next(from, direction))
    }

    /// Where the car is after `distance` more millimetres, on the right side of its street.
    mutating func advance(_ distance: Int) -> CityPoint {
        travelled += distance
        var length = self.length
        while travelled >= length {
            travelled -= length
            turn()
            length = self.length
        }
        let (east, north) = (end.east - start.east, end.north - start.north)
        let lane = lattice.isArterial(from, leadsNorth: direction % 2 == 0) ? 4000 : 2000
        return CityPoint(
            east: start.east + (east * travelled + north * lane) / length,
            north: start.north + (north * travelled - east * lane) / length)
    }

    private var length: Int {
        let (east, north) = (end.east - start.east, end.north - start.north)
        var root = StreetLattice.spacing
        // Newton's steps from a good guess: five are more than enough.
        for _ in 0..<5 { root = (root + (east * east + north * north) / root) / 2 }
        return max(1, root)
    }

    private mutating func turn() {
        from = Self.next(from, direction)
        let weights = [0, 1, 3].map { quarters -> (direction: Int, weight: Int) in
            let direction = (direction + quarters) % 4
            let isArterial = lattice.isArterial(from, leadsNorth: direction % 2 == 0)
            guard Self.isInside(Self.next(from, direction)) else { return (direction, 0) }
            return (direction, quarters == 0 ? (isArterial ? 8 : 4) : (isArterial ? 4 : 1))
        }
        var chance = random.below(max(1, weights.reduce(0) { $0 + $1.weight }))
        let chosen = weights.first { choice in
            chance -= choice.weight
            return chance < 0
        }
        direction = chosen?.direction ?? (direction + 2) % 4
        start = lattice.point(of: from)
        end = lattice.point(of: Self.next(from, direction))
    }

    private static func next(_ crossing: StreetLattice.Crossing, _ direction: Int) -> StreetLattice.Crossing {
        StreetLattice.Crossing(
            column: crossing.column + [0, 1, 0, -1][direction], row: crossing.row + [1, 0, -1, 0][direction])
    }

    private static func isInside(_ crossing: StreetLattice.Crossing) -> Bool {
        (0..<StreetLattice.side).contains(crossing.column) && (0..<StreetLattice.side).contains(crossing.row)
    }
}

extension SplitMix64 {
    /// A number in `0..<bound`, the same everywhere.
    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(max(1, bound))).high)
    }
}
