import Glibc

/// A pinhole camera behind a windscreen.
struct Camera: Sendable {
    let position: SIMD3<Float>
    /// Unit vectors of the view.
    let forward: SIMD3<Float>
    let right: SIMD3<Float>
    let up: SIMD3<Float>
    /// Focal length and middle of the picture, in pixels.
    let focal: Float
    let middle: SIMD2<Float>

    /// A camera at `position`, looking `heading` degrees clockwise from north and `pitch` degrees upwards.
    ///
    /// - Parameters:
    ///   - roll: degrees by which the right side hangs down.
    ///   - zoom: focal length as a share of the picture's width.
    init(
        position: SIMD3<Float>, heading: Double, pitch: Double, roll: Double, zoom: Float, width: Int,
        height: Int
    ) {
        let (turn, tilt, hang) = (heading * .pi / 180, pitch * .pi / 180, roll * .pi / 180)
        let ahead = SIMD3<Float>(
            Float(sin(turn) * cos(tilt)), Float(cos(turn) * cos(tilt)), Float(sin(tilt)))
        let level = SIMD3<Float>(Float(cos(turn)), Float(-sin(turn)), 0)
        let above = cross(level, ahead)
        let (lean, stand) = (Float(sin(hang)), Float(cos(hang)))
        self.position = position
        forward = ahead
        right = level * stand - above * lean
        up = above * stand + level * lean
        focal = zoom * Float(width)
        middle = SIMD2(Float(width) / 2, Float(height) / 2)
    }

    /// The ray through a pixel's middle; its component along ``forward`` is 1.
    @inline(__always)
    func ray(_ column: Int, _ row: Int) -> SIMD3<Float> {
        let x = (Float(column) + 0.5 - middle.x) / focal
        let y = (middle.y - Float(row) - 0.5) / focal
        return forward + right * x + up * y
    }

    /// Distance ahead, to the right and upwards of `point`.
    @inline(__always)
    func view(_ point: SIMD3<Float>) -> SIMD3<Float> {
        let offset = point - position
        return SIMD3(dot(offset, forward), dot(offset, right), dot(offset, up))
    }
}
