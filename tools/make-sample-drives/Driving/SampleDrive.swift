import Canonical

/// One drive of the sample: who drove where in which light, and what went wrong with which frame.
struct SampleDrive: Sendable {
    var seed: UInt64
    /// Day of March 2026: other days have other parked cars.
    var day: Int
    var motion: Motion
    var daylight: Daylight
    var mount: CameraMount
    /// Metres from the start at which a frame was taken, in order; a place may occur only once.
    var stations: [Double]
    /// What happened to the frame at this index.
    var faults: [Int: Fault] = [:]
    /// Size of the frame at this index, where it is not 640 x 320.
    var sizes: [Int: (width: Int, height: Int)] = [:]
    /// Crossings whose light is red until the car may go on.
    var red: Set<Crossing> = []

    /// Stations from `first` on, about 8 m apart; the one that a stop needs is hit exactly.
    static func stations(from first: Double, count: Int, seed: UInt64, exactly stop: Double? = nil)
        -> [Double]
    {
        var chance = SplitMix64(seed: seed, 71)
        let shift = stop.map { ($0 - first).truncatingRemainder(dividingBy: 8) } ?? 0
        return (0..<count).map { index in
            let even = first + shift + Double(index) * 8
            return stop.map { abs($0 - even) < 0.1 } == true ? even : even + chance.number(-0.45...0.45)
        }
    }

    /// Takes all frames. A station at the stop is photographed once each second of the wait.
    func film(town: Town) -> [FilmedFrame] {
        var result: [FilmedFrame] = []
        for station in stations {
            guard let stop = motion.stop, abs(stop.at - station) < 0.01 else {
                result.append(frame(result.count, motion.moment(at: station), town, at: station))
                continue
            }
            for second in 0..<Int(stop.seconds) {
                let moment = motion.moment(at: stop.at, waited: Double(second) + 0.2)
                result.append(frame(result.count, moment, town, at: station))
            }
        }
        return result
    }

    private func frame(_ index: Int, _ moment: Moment, _ town: Town, at station: Double) -> FilmedFrame {
        let isWaiting = motion.stop.map { abs($0.at - station) < 0.01 } ?? false
        let isBeforeStop = motion.stop.map { station <= $0.at } ?? false
        let fault = isWaiting ? Fault.standstill(group: "standstill-\(day)") : faults[index] ?? .none
        let size = sizes[index] ?? (640, 320)
        let view = View(
            town: town, daylight: daylight, mount: mount, place: moment.place, heading: moment.heading,
            seconds: Float(moment.time.milliseconds % 86_400_000) / 1000,
            red: isBeforeStop ? red : [])
        let light = FrameRenderer(width: size.width, height: size.height).light(view)
        let picture = Sensor.picture(
            light, width: size.width, exposure: daylight.exposure,
            noise: SplitMix64(seed: seed, Int(moment.time.milliseconds)))
        return FilmedFrame(
            moment: moment, reported: fault.reported(moment, by: Receiver(seed: seed)),
            picture: fault.spoil(picture), fault: fault)
    }
}

/// A frame as it came out of the camera, not yet in a file.
struct FilmedFrame: Sendable {
    var moment: Moment
    /// The time and position that the upload will tell.
    var reported: (time: UTCTime, position: Position)
    var picture: Picture
    var fault: Fault
}
