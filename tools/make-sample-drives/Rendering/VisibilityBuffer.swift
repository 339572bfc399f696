/// Which face each pixel sees, and how far away it is.
struct VisibilityBuffer {
    let width: Int
    let height: Int
    /// Index of the nearest face, -1 where there is none.
    private(set) var faces: [Int32]
    /// Distance along the view direction, metres.
    private(set) var depths: [Float]

    private static let nearest: Float = 0.4

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        faces = Array(repeating: -1, count: width * height)
        depths = Array(repeating: .infinity, count: width * height)
    }

    /// Enters `face` where it is nearer than what was there.
    mutating func draw(_ face: Face, index: Int, camera: Camera) {
        guard let box = bounds(of: face, camera) else { return }
        let offset = camera.position - face.origin
        let normal = face.normal
        // For a ray d: distance t = -(n.offset) / (n.d), place on the face = (offset + t d) . edge.
        let height = -dot(normal, offset)
        let (startU, startV) = (dot(offset, face.along), dot(offset, face.up))
        for row in box.rows {
            let start = row * width
            for column in box.columns {
                let ray = camera.ray(column, row)
                let distance = height / dot(normal, ray)
                guard distance > Self.nearest, distance < depths[start + column] else { continue }
                let u = startU + distance * dot(ray, face.along)
                let v = startV + distance * dot(ray, face.up)
                guard u >= 0, u <= face.width, v >= 0, v <= face.height,
                    face.surface.covers(u, v, width: face.width, height: face.height)
                else { continue }
                depths[start + column] = distance
                faces[start + column] = Int32(index)
            }
        }
    }

    /// The pixels that `face` can touch; nil if it is behind the camera or outside the picture.
    private func bounds(of face: Face, _ camera: Camera) -> (rows: Range<Int>, columns: Range<Int>)? {
        let (side, rise) = (face.along * face.width, face.up * face.height)
        let corners = [face.origin, face.origin + side, face.origin + side + rise, face.origin + rise]
            .map(camera.view)
        var (low, high) = (SIMD2<Float>(repeating: .infinity), SIMD2<Float>(repeating: -.infinity))
        func include(_ point: SIMD3<Float>) {
            let pixel = SIMD2(
                camera.middle.x + camera.focal * point.y / point.x,
                camera.middle.y - camera.focal * point.z / point.x)
            low = pointwiseMin(low, pixel)
            high = pointwiseMax(high, pixel)
        }
        for (index, corner) in corners.enumerated() {
            let next = corners[(index + 1) % 4]
            if corner.x >= Self.nearest { include(corner) }
            if (corner.x >= Self.nearest) != (next.x >= Self.nearest) {
                // Where the edge passes the near plane.
                include(corner + (next - corner) * ((Self.nearest - corner.x) / (next.x - corner.x)))
            }
        }
        guard low.x < Float(width), low.y < Float(height), high.x > 0, high.y > 0 else { return nil }
        let columns = Int(max(0, low.x))..<min(width, Int(min(high.x, Float(width))) + 1)
        let rows = Int(max(0, low.y))..<min(height, Int(min(high.y, Float(height))) + 1)
        return (rows, columns)
    }
}
