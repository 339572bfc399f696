import Canonical
import Imaging

extension Catalogue {
    private static let way = Route([Crossing(2, 0), Crossing(2, 1), Crossing(0, 1)])
    private static let camera = PhotoFolder(
        make: "Sample Optics", model: "Roadeye 2", bigEndian: true, offsetHours: 1, hasReceiver: true,
        prefix: "DSC0", suffix: ".JPG", quality: 80)

    /// Photos with EXIF positions: two too dark, one too bright, one at 0, 0, one without a position.
    func benFirst() throws(ImageError) -> SampleUpload {
        let drive = SampleDrive(
            seed: seed + 2, day: 6,
            motion: Motion(route: Self.way, start: .march(6, 11, 12, 30), speed: 9.8),
            daylight: Daylight(
                azimuth: 176, elevation: 36, cloudiness: 0.15, warmth: 0.4, exposure: 114, cloudSeed: 602),
            mount: Contributor.ben.mount, stations: SampleDrive.stations(from: 40, count: 28, seed: seed + 2),
            faults: [5: .dark, 6: .dark, 12: .overexposed, 20: .atNullIsland, 24: .withoutPosition])
        let folder = try Self.camera.files(film(drive), first: 117)
        return SampleUpload(
            contributor: Contributor.ben.rawValue, name: "2026-03-06-photos", receivedAt: .march(6, 12, 45),
            files: folder.files, outcome: .ingested(folder.expected))
    }

    /// Photos of the same streets four days later: one whose position jumps in the middle of a long pause,
    /// one with damaged bytes, one dated 1980.
    func benSecond() throws(ImageError) -> SampleUpload {
        let before = SampleDrive.stations(from: 43, count: 10, seed: seed + 6)
        let after = SampleDrive.stations(from: 246, count: 14, seed: seed + 7)
        let drive = SampleDrive(
            seed: seed + 6, day: 10,
            motion: Motion(route: Self.way, start: .march(10, 8, 20, 3), speed: 9.4),
            daylight: Daylight(
                azimuth: 131, elevation: 22, cloudiness: 0.85, warmth: 0.0, exposure: 104, cloudSeed: 1006),
            mount: Contributor.ben.mount, stations: before + [181] + after,
            faults: [4: .before2000, 10: .jumpLost, 17: .overwritten])
        let folder = try Self.camera.files(film(drive), first: 151)
        return SampleUpload(
            contributor: Contributor.ben.rawValue, name: "2026-03-10-photos", receivedAt: .march(10, 9, 10),
            files: folder.files, outcome: .ingested(folder.expected))
    }
}
