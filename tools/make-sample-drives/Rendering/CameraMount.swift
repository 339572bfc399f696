/// How a contributor's camera sits behind the windscreen.
struct CameraMount: Sendable {
    /// Metres above the road.
    let height: Float
    let pitch: Double
    let roll: Double
    /// Degrees by which it points to the right of where the car goes.
    let yaw: Double
    /// Focal length as a share of the picture's width.
    let zoom: Float

    /// The camera in the car of `view`.
    func camera(_ view: View, width: Int, height pixels: Int) -> Camera {
        Camera(
            position: SIMD3(Float(view.place.x), Float(view.place.y), height), heading: view.heading + yaw,
            pitch: pitch, roll: roll, zoom: zoom, width: width, height: pixels)
    }
}
