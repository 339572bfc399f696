/// What stands along the streets: trees, lamps, signs, traffic lights, and each day other parked cars.
enum StreetFurniture {
    /// Trees, lamps, signs and traffic lights, the same on every day.
    static func uprights(seed: UInt64) -> [Upright] {
        var chance = SplitMix64(seed: seed, 2)
        var result: [Upright] = []
        forEachSide { street in
            var place = street.start + chance.number(Float(4)...12)
            while place < street.end {
                defer { place += chance.number(Float(5)...13) }
                guard street.isClear(place, 9) else { continue }
                let kind = chance.unit()
                if kind < 0.45 {
                    result.append(.tree(at: street.point(place, RoadNetwork.kerb + 1.0), &chance))
                } else if kind < 0.65 {
                    let reach =
                        street.point(place, RoadNetwork.kerb - 1)
                        - street.point(place, RoadNetwork.kerb + 0.6)
                    result.append(
                        Upright(
                            place: street.point(place, RoadNetwork.kerb + 0.6),
                            kind: .lamp(top: chance.number(Float(5)...7.5), reach: reach)))
                } else {
                    result.append(.sign(at: street.point(place, RoadNetwork.kerb + 0.7), &chance))
                }
            }
        }
        return result
    }

    /// Traffic lights at every crossing, red where asked.
    static func trafficLights(red: Set<Crossing>) -> [Upright] {
        var result: [Upright] = []
        for (column, x) in RoadNetwork.eastings.enumerated() {
            for (row, y) in RoadNetwork.northings.enumerated() {
                let board = Board(
                    kind: .trafficLight(isRed: red.contains(Crossing(column, row))), colour: [0, 0, 0],
                    seed: 0)
                let off = RoadNetwork.kerb + 0.8
                for (dx, dy) in [(off, off), (-off, off), (off, -off), (-off, -off)] as [(Float, Float)] {
                    result.append(
                        Upright(
                            place: SIMD2(x + dx, y + dy),
                            kind: .post(top: 3.4, board: board, width: 0.4, height: 1.0, at: 3.2)))
                }
            }
        }
        return result
    }

    /// The cars parked on the day `day`.
    static func parked(seed: UInt64, day: Int) -> [Vehicle] {
        var chance = SplitMix64(seed: seed, 3, day)
        var result: [Vehicle] = []
        forEachSide { street in
            let occupied = chance.number(0.3...0.85)
            var place = street.start + chance.number(Float(2)...8)
            while place < street.end {
                defer { place += chance.number(Float(5.4)...7.6) }
                let shape = VehicleShape.random(&chance)
                guard chance.chance(occupied), street.isClear(place, 14) else { continue }
                let aside = RoadNetwork.kerb - 1.05 - chance.number(Float(0)...0.25)
                result.append(
                    Vehicle(
                        shape: shape, middle: street.point(place, aside),
                        ahead: street.along * (street.side > 0 ? 1 : -1)))
            }
        }
        return result
    }

    /// Vehicles that come towards the camera or cross, `seconds` into the day.
    static func moving(seed: UInt64, day: Int, seconds: Double) -> [Vehicle] {
        var chance = SplitMix64(seed: seed, 4, day)
        var result: [Vehicle] = []
        forEachSide { street in
            let length = Double(street.end - street.start)
            for _ in 0..<4 {
                let (first, speed) = (chance.number(0...length), chance.number(7.0...12.0))
                let shape = VehicleShape.random(&chance)
                let travelled = (first + speed * seconds).truncatingRemainder(dividingBy: length)
                let place = street.side > 0 ? street.start + Float(travelled) : street.end - Float(travelled)
                result.append(
                    Vehicle(
                        shape: shape, middle: street.point(place, RoadNetwork.laneOffset + 0.1),
                        ahead: street.along * (street.side > 0 ? 1 : -1)))
            }
        }
        return result
    }

    /// One side of one street; `side` is 1 on the right of whoever drives towards growing coordinates.
    private struct Side {
        let line: Float
        let start: Float
        let end: Float
        let crossings: [Float]
        let runsEast: Bool
        let side: Float

        var along: SIMD2<Float> { runsEast ? SIMD2(1, 0) : SIMD2(0, 1) }

        func point(_ place: Float, _ aside: Float) -> SIMD2<Float> {
            runsEast ? SIMD2(place, line - side * aside) : SIMD2(line + side * aside, place)
        }

        func isClear(_ place: Float, _ distance: Float) -> Bool {
            crossings.allSatisfy { abs($0 - place) > distance }
        }
    }

    private static func forEachSide(_ body: (Side) -> Void) {
        let (x, y, extent) = (RoadNetwork.eastings, RoadNetwork.northings, RoadNetwork.extent)
        for side in [Float(1), -1] {
            for line in x {
                body(
                    Side(
                        line: line, start: extent.south, end: extent.north, crossings: y, runsEast: false,
                        side: side))
            }
            for line in y {
                body(
                    Side(
                        line: line, start: extent.west, end: extent.east, crossings: x, runsEast: true,
                        side: side))
            }
        }
    }
}
