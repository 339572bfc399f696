/// Draws what a dashcam sees.
struct FrameRenderer: Sendable {
    let width: Int
    let height: Int

    /// Rays through each pixel, in each direction.
    private static let samples = 2
    /// Metres beyond which nothing is drawn but ground and sky.
    private static let horizon: Float = 240

    /// The light that falls on each pixel.
    func light(_ view: View) -> [Colour] {
        let (fineWidth, fineHeight) = (width * Self.samples, height * Self.samples)
        let camera = view.mount.camera(view, width: fineWidth, height: fineHeight)
        var faces = view.faces.filter { face in
            let distance = camera.view(face.origin)
            return distance.x > -max(face.width, face.height) && distance.x < Self.horizon
        }
        faces.sort { camera.view($0.origin).x < camera.view($1.origin).x }
        var buffer = VisibilityBuffer(width: fineWidth, height: fineHeight)
        for (index, face) in faces.enumerated() { buffer.draw(face, index: index, camera: camera) }
        var result = [Colour](repeating: Colour(grey: 0), count: width * height)
        let share = 1 / Float(Self.samples * Self.samples)
        for row in 0..<fineHeight {
            for column in 0..<fineWidth {
                let pixel = row * fineWidth + column
                let face = buffer.faces[pixel] < 0 ? nil : faces[Int(buffer.faces[pixel])]
                let colour = Self.shade(
                    camera.ray(column, row), camera: camera, face: face, depth: buffer.depths[pixel],
                    view: view)
                result[row / Self.samples * width + column / Self.samples] += colour * share
            }
        }
        return result
    }

    private static func shade(
        _ ray: SIMD3<Float>, camera: Camera, face: Face?, depth: Float, view: View
    ) -> Colour {
        let light = view.daylight
        let ground = ray.z < -0.0005 ? -camera.position.z / ray.z : .infinity
        guard min(depth, ground) < 2_000 else { return light.sky(ray, seconds: view.seconds) }
        let distance = min(depth, ground)
        let point = camera.position + ray * distance
        let grain = distance / camera.focal
        var colour: Colour
        var normal = SIMD3<Float>(0, 0, 1)
        var shines = false
        if let face, depth <= ground {
            let offset = point - face.origin
            (colour, shines) = face.surface.colour(
                dot(offset, face.along), dot(offset, face.up), face: face, grain: grain, light: light)
            normal = face.normal
            if dot(normal, ray) > 0 { normal = -normal }
        } else {
            guard ground < 420 else { return light.sky(SIMD3(ray.x, ray.y, 0.01), seconds: view.seconds) }
            colour = GroundShading.colour(point.x, point.y, grain: grain)
        }
        if !shines {
            var received = light.skyLight * (0.75 + 0.25 * normal.z)
            let facing = dot(normal, light.sun)
            if facing > 0, !view.town.shadows.isShaded(point + normal * 0.3, sun: light.sun) {
                received += light.sunColour * facing
            }
            colour *= received
        }
        let haze = min(0.75, distance / 520)
        return colour.mixed(Colour(0.60, 0.70, 0.82) * (light.ambient + light.direct * 0.35), haze)
    }
}
