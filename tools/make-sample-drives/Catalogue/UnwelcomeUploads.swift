import Canonical
import Imaging

extension Catalogue {
    private static let hopes = Route([Crossing(2, 2), Crossing(1, 2), Crossing(1, 1)])

    /// Ten of ada's frames, two of them byte for byte and three moved by a step, among frames of mallory's
    /// own.
    func mallory(copying original: Original) throws(ImageError) -> SampleUpload {
        let drive = SampleDrive(
            seed: seed + 10, day: 9,
            motion: Motion(route: Self.hopes, start: .march(9, 12, 31, 55), speed: 9.0),
            daylight: Daylight(
                azimuth: 196, elevation: 36, cloudiness: 0.6, warmth: 0.2, exposure: 106, cloudSeed: 910),
            mount: Contributor.mallory.mount,
            stations: SampleDrive.stations(from: 30, count: 14, seed: seed + 10))
        var frames: [FilmedFrame] = []
        var copies: [Int: [UInt8]] = [:]
        for index in 3..<13 {
            var frame = original.frames[index]
            if index == 5 || index == 9 {
                copies[frames.count] = original.images[index]
                frame.fault = .copiedExactly(from: original.names[index])
            } else {
                frame.fault = .copiedAgain(from: original.names[index])
            }
            if index == 4 || index == 7 || index == 11 {
                let receiver = Receiver(seed: drive.seed)
                frame.reported.position = Position(receiver.place(at: frame.moment) + SIMD2(0.9, 0.8))
                frame.reported.time = UTCTime(milliseconds: frame.reported.time.milliseconds + 140)
            }
            frames.append(frame)
        }
        let folder = try SidecarFolder.files(frames + film(drive), quality: 60, copies: copies)
        return SampleUpload(
            contributor: Contributor.mallory.rawValue, name: "2026-03-09-sidecars",
            receivedAt: .march(9, 15, 40),
            files: folder.files, outcome: .ingested(folder.expected))
    }

    /// A good frame beside a link that points out of the upload.
    func linked() throws(ImageError) -> SampleUpload {
        let drive = SampleDrive(
            seed: seed + 11, day: 12,
            motion: Motion(route: Self.hopes, start: .march(12, 7, 58, 9), speed: 9.0),
            daylight: Daylight(
                azimuth: 126, elevation: 20, cloudiness: 0.5, warmth: 0.6, exposure: 110, cloudSeed: 1211),
            mount: Contributor.mallory.mount, stations: [50], sizes: [0: (400, 200)])
        var files = try SidecarFolder.files(film(drive), quality: 80).files
        files.append(OutputFile("more.jpg", linkTo: "../../../not-in-this-upload/photo.jpg"))
        return SampleUpload(
            contributor: Contributor.mallory.rawValue, name: "2026-03-12-linked",
            receivedAt: .march(12, 9, 30),
            files: files, outcome: .quarantined(reason: "upload.unsafe_file"))
    }

    /// Files that are no drive.
    func unknown() -> SampleUpload {
        let text = "Backup of the phone. The drives are on the other card, I will send them tomorrow.\n"
        var chance = SplitMix64(seed: seed, 90)
        // Begins as a ZIP archive does.
        let blob = [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00] + (0..<2042).map { _ in UInt8(chance.index(256)) }
        return SampleUpload(
            contributor: Contributor.ben.rawValue, name: "2026-03-11-backup", receivedAt: .march(11, 21, 20),
            files: [OutputFile("notes.txt", Array(text.utf8)), OutputFile("phone.bin", blob)],
            outcome: .quarantined(reason: "upload.unknown_format"))
    }
}
