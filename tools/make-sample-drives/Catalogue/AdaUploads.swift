import Canonical
import Imaging

extension Catalogue {
    /// An upload with the frames and files that a copier can get at.
    struct Original: Sendable {
        var upload: SampleUpload
        var frames: [FilmedFrame]
        var images: [[UInt8]]
        var names: [String]
    }

    private static let device = "Qx7bR2mLk"
    private static let way = Route([Crossing(0, 0), Crossing(1, 0), Crossing(1, 1)])

    /// One FrameKM pair: two frames out of focus, one position that jumps away and back.
    func adaFirst() throws(ImageError) -> Original {
        let drive = SampleDrive(
            seed: seed + 1, day: 5,
            motion: Motion(route: Self.way, start: .march(5, 9, 40, 10), speed: 9.6),
            daylight: Daylight(
                azimuth: 148, elevation: 31, cloudiness: 0.45, warmth: 0.3, exposure: 112, cloudSeed: 501),
            mount: Contributor.ada.mount, stations: SampleDrive.stations(from: 20, count: 28, seed: seed + 1),
            faults: [15: .blurred, 18: .blurred, 22: .jumpRepaired])
        let frames = film(drive)
        let pair = try FrameKMPair.files(frames, device: Self.device, seed: seed + 1)
        let upload = SampleUpload(
            contributor: Contributor.ada.rawValue, name: "2026-03-05-framekm", receivedAt: .march(5, 18, 0),
            files: pair.files, outcome: .ingested(pair.expected))
        let names = pair.expected.map { "ada/2026-03-05-framekm/\($0.name)" }
        return Original(upload: upload, frames: frames, images: pair.images, names: names)
    }

    /// Images with sidecars: eight seconds at a red light, a frame dated 2030, a covered lens.
    func adaSecond() throws(ImageError) -> SampleUpload {
        let stop = Motion.Stop(at: 128.4, seconds: 8)
        let route = Route([Crossing(0, 0), Crossing(0, 1), Crossing(0, 2), Crossing(1, 2)])
        let drive = SampleDrive(
            seed: seed + 4, day: 8,
            motion: Motion(route: route, start: .march(8, 13, 22, 41), speed: 9.2, stop: stop),
            daylight: Daylight(
                azimuth: 214, elevation: 34, cloudiness: 0.7, warmth: 0.1, exposure: 108, cloudSeed: 804),
            mount: Contributor.ada.mount,
            stations: SampleDrive.stations(from: 20, count: 24, seed: seed + 4, exactly: stop.at),
            faults: [4: .inFuture, 8: .covered(0.92)], red: [Crossing(0, 1)])
        let folder = try SidecarFolder.files(film(drive), quality: 80)
        return SampleUpload(
            contributor: Contributor.ada.rawValue, name: "2026-03-08-sidecars", receivedAt: .march(8, 16, 30),
            files: folder.files, outcome: .ingested(folder.expected))
    }

    /// Two FrameKM pairs of the streets of 5 March, a week later: everything counts again, but for a dark
    /// frame.
    func adaThird() throws(ImageError) -> SampleUpload {
        let drive = SampleDrive(
            seed: seed + 8, day: 12,
            motion: Motion(route: Self.way, start: .march(12, 14, 51, 27), speed: 9.3),
            daylight: Daylight(
                azimuth: 238, elevation: 24, cloudiness: 0.25, warmth: 0.7, exposure: 116, cloudSeed: 1208),
            mount: Contributor.ada.mount, stations: SampleDrive.stations(from: 22, count: 26, seed: seed + 8),
            faults: [19: .dark])
        let frames = film(drive)
        let first = try FrameKMPair.files(Array(frames.prefix(13)), device: Self.device, seed: seed + 8)
        let second = try FrameKMPair.files(Array(frames.dropFirst(13)), device: Self.device, seed: seed + 9)
        return SampleUpload(
            contributor: Contributor.ada.rawValue, name: "2026-03-12-framekm", receivedAt: .march(12, 19, 5),
            files: first.files + second.files, outcome: .ingested(first.expected + second.expected))
    }
}
