/// The looks of a car, van or lorry.
struct VehicleShape: Sendable {
    var length: Float
    var height: Float
    /// A box without a bonnet.
    var isBox: Bool
    var paint: Colour
    var seed: UInt32

    /// A vehicle at random: mostly cars.
    static func random(_ chance: inout SplitMix64) -> VehicleShape {
        let isBox = chance.chance(0.22)
        let greys: [Float] = [0.03, 0.10, 0.30, 0.55, 0.85, 0.80]
        let paint =
            isBox
            ? (chance.chance(0.6) ? Colour(grey: 0.8) : Facade.signColour(&chance))
            : (chance.chance(0.6) ? Colour(grey: greys[chance.index(6)]) : Facade.signColour(&chance) * 0.8)
        return VehicleShape(
            length: isBox ? chance.number(4.8...6.4) : chance.number(3.9...4.8),
            height: isBox ? chance.number(2.1...2.9) : chance.number(1.4...1.65), isBox: isBox, paint: paint,
            seed: UInt32(truncatingIfNeeded: chance.next()))
    }
}

/// A vehicle on the road.
struct Vehicle: Sendable {
    var shape: VehicleShape
    var middle: SIMD2<Float>
    /// Unit vector of the direction it points to.
    var ahead: SIMD2<Float>

    private var side: SIMD2<Float> { SIMD2(ahead.y, -ahead.x) }
    private static let halfWidth: Float = 0.9

    /// The faces of the vehicle and the shadow under it.
    var faces: [Face] {
        let (half, across) = (ahead * (shape.length / 2), side * Self.halfWidth)
        let (frontRight, frontLeft) = (middle + half + across, middle + half - across)
        let (backRight, backLeft) = (middle - half + across, middle - half - across)
        let top = shape.isBox ? shape.height : 0.9
        var result = [
            Face.wall(from: backRight, to: frontRight, base: 0, height: shape.height, .vehicleSide(shape)),
            Face.wall(from: backLeft, to: frontLeft, base: 0, height: shape.height, .vehicleSide(shape)),
            Face.wall(
                from: frontRight, to: frontLeft, base: 0.25, height: top - 0.25,
                .vehicleEnd(shape, front: true)),
            Face.wall(
                from: backLeft, to: backRight, base: 0.25, height: top - 0.25,
                .vehicleEnd(shape, front: false)),
            flat(from: 0, to: 1, at: 0.03, .shadow),
        ]
        guard !shape.isBox else { return result }
        // Boot and bonnet, roof, rear window and windscreen, between the same corners as the side's outline.
        result.append(flat(from: 0, to: 0.14, at: 0.9, .plain(shape.paint)))
        result.append(flat(from: 0.72, to: 1, at: 0.9, .plain(shape.paint)))
        result.append(flat(from: 0.26, to: 0.56, at: shape.height, .plain(shape.paint)))
        result.append(slope(from: 0.14, to: 0.26))
        result.append(slope(from: 0.72, to: 0.56))
        return result
    }

    private func point(_ share: Float, _ height: Float) -> SIMD3<Float> {
        let place = middle + ahead * (shape.length * (share - 0.5)) - side * Self.halfWidth
        return SIMD3(place.x, place.y, height)
    }

    private func flat(from: Float, to: Float, at height: Float, _ surface: Surface) -> Face {
        Face(
            origin: point(from, height), along: SIMD3(side.x, side.y, 0), up: SIMD3(ahead.x, ahead.y, 0),
            width: Self.halfWidth * 2, height: shape.length * (to - from), surface: surface)
    }

    private func slope(from: Float, to: Float) -> Face {
        let rise = point(to, shape.height) - point(from, 0.9)
        let length = dot(rise, rise).squareRoot()
        return Face(
            origin: point(from, 0.9), along: SIMD3(side.x, side.y, 0), up: rise / length,
            width: Self.halfWidth * 2, height: length, surface: .glass)
    }
}
