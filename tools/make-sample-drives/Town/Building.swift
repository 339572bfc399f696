/// A house: a box along the axes, with a flat or a pitched roof.
struct Building: Sendable {
    var west: Float
    var south: Float
    var east: Float
    var north: Float
    var height: Float
    /// How much higher the ridge of a pitched roof is than the walls; 0 for a flat roof.
    var ridge: Float
    /// Whether the ridge runs east to west.
    var ridgeRunsEast: Bool
    var roof: Colour
    var facade: Facade

    /// Walls and roofs.
    var faces: [Face] {
        let (southWest, southEast) = (SIMD2(west, south), SIMD2(east, south))
        let (northWest, northEast) = (SIMD2(west, north), SIMD2(east, north))
        var result = [
            Face.wall(from: southWest, to: southEast, base: 0, height: height, .wall(facade)),
            Face.wall(from: southEast, to: northEast, base: 0, height: height, .wall(facade)),
            Face.wall(from: northEast, to: northWest, base: 0, height: height, .wall(facade)),
            Face.wall(from: northWest, to: southWest, base: 0, height: height, .wall(facade)),
        ]
        guard ridge > 0 else { return result }
        if ridgeRunsEast {
            result.append(
                Face.wall(from: southEast, to: northEast, base: height, height: ridge, .gable(facade)))
            result.append(
                Face.wall(from: northWest, to: southWest, base: height, height: ridge, .gable(facade)))
            result.append(pitch(from: southWest, to: southEast, inwards: SIMD2(0, 1), depth: north - south))
            result.append(pitch(from: northEast, to: northWest, inwards: SIMD2(0, -1), depth: north - south))
        } else {
            result.append(
                Face.wall(from: southWest, to: southEast, base: height, height: ridge, .gable(facade)))
            result.append(
                Face.wall(from: northEast, to: northWest, base: height, height: ridge, .gable(facade)))
            result.append(pitch(from: southEast, to: northEast, inwards: SIMD2(-1, 0), depth: east - west))
            result.append(pitch(from: northWest, to: southWest, inwards: SIMD2(1, 0), depth: east - west))
        }
        return result
    }

    private func pitch(from: SIMD2<Float>, to: SIMD2<Float>, inwards: SIMD2<Float>, depth: Float) -> Face {
        let slope = (depth * depth / 4 + ridge * ridge).squareRoot()
        let run = depth / 2 / slope
        var face = Face.wall(from: from, to: to, base: height, height: slope, .roof(roof, seed: facade.seed))
        face.up = SIMD3(inwards.x * run, inwards.y * run, ridge / slope)
        return face
    }

    /// A house at random on the lot between the given edges, whose long side faces a street that runs east
    /// or north.
    static func random(
        west: Float, south: Float, east: Float, north: Float, facesEastWestStreet: Bool,
        _ chance: inout SplitMix64
    ) -> Building {
        let facade = Facade.random(&chance)
        let floors = Float([1, 2, 2, 3, 3, 4, 5][chance.index(7)])
        let isPitched = floors <= 3 && chance.chance(0.65)
        let roofs: [Colour] = [
            [0.38, 0.13, 0.08], [0.22, 0.12, 0.09], [0.16, 0.17, 0.19], [0.30, 0.27, 0.24],
        ]
        let gableToStreet = chance.chance(0.4)
        return Building(
            west: west, south: south, east: east, north: north,
            height: floors * facade.storey + chance.number(0.4...1.4),
            ridge: isPitched ? chance.number(2.0...4.5) : 0,
            ridgeRunsEast: facesEastWestStreet != gableToStreet, roof: roofs[chance.index(roofs.count)],
            facade: facade)
    }
}
