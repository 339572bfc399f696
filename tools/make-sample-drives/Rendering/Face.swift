/// A rectangle in space with a surface; everything but ground and sky is made of these.
struct Face: Sendable {
    /// One corner.
    var origin: SIMD3<Float>
    /// Unit vectors along the two edges that start there.
    var along: SIMD3<Float>
    var up: SIMD3<Float>
    /// Lengths of these edges in metres.
    var width: Float
    var height: Float
    var surface: Surface

    /// The rectangle's unit normal, towards whom `along` points right and `up` points up.
    var normal: SIMD3<Float> { cross(along, up) }

    /// A vertical rectangle from `from` to `to` on the ground plan.
    static func wall(
        from: SIMD2<Float>, to: SIMD2<Float>, base: Float, height: Float, _ surface: Surface
    ) -> Face {
        let difference = to - from
        let width = (difference * difference).sum().squareRoot()
        let direction = difference / max(width, 0.001)
        return Face(
            origin: SIMD3(from.x, from.y, base), along: SIMD3(direction.x, direction.y, 0),
            up: SIMD3(0, 0, 1), width: width, height: height, surface: surface)
    }
}

/// What a face looks like, and which part of its rectangle it fills.
enum Surface: Sendable {
    case wall(Facade)
    /// The triangle under a pitched roof.
    case gable(Facade)
    case roof(Colour, seed: UInt32)
    case crown(Crown)
    case plain(Colour)
    case vehicleSide(VehicleShape)
    case vehicleEnd(VehicleShape, front: Bool)
    case glass
    case board(Board)
    case shadow
}

@inline(__always)
func dot(_ left: SIMD3<Float>, _ right: SIMD3<Float>) -> Float { (left * right).sum() }

@inline(__always)
func cross(_ left: SIMD3<Float>, _ right: SIMD3<Float>) -> SIMD3<Float> {
    SIMD3(
        left.y * right.z - left.z * right.y, left.z * right.x - left.x * right.z,
        left.x * right.y - left.y * right.x)
}
