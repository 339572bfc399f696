/// One moment as a camera sees it.
struct View: Sendable {
    let town: Town
    let daylight: Daylight
    let mount: CameraMount
    /// Where the car is, metres, and where it points to, degrees clockwise from north.
    let place: SIMD2<Double>
    let heading: Double
    /// Seconds into the day: traffic and clouds move with it.
    let seconds: Float
    /// Crossings whose lights are red.
    let red: Set<Crossing>

    /// Everything that may be seen.
    var faces: [Face] {
        let eye = SIMD2(Float(place.x), Float(place.y))
        // Nobody drives through the car that films.
        let traffic = StreetFurniture.moving(seed: town.seed, day: town.day, seconds: Double(seconds))
            .filter { vehicle in
                let offset = vehicle.middle - eye
                return (offset * offset).sum() > 49 && !isOwnLane(offset, vehicle.ahead)
            }
        let standing = (town.uprights + StreetFurniture.trafficLights(red: red)).filter { upright in
            let offset = upright.place - eye
            return (offset * offset).sum() < 200 * 200
        }
        return town.faces + traffic.flatMap(\.faces) + standing.flatMap { $0.faces(seenFrom: eye) }
    }

    /// Whether a vehicle that points `ahead` is less than 14 m before or behind the camera in its own lane.
    private func isOwnLane(_ offset: SIMD2<Float>, _ ahead: SIMD2<Float>) -> Bool {
        let (along, across) = ((offset * ahead).sum(), offset.x * ahead.y - offset.y * ahead.x)
        return abs(across) < 1.6 && abs(along) < 14
    }
}
