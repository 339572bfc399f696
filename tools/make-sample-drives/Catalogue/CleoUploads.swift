import Canonical
import Imaging

extension Catalogue {
    /// Photos that know only their time, and a GPX trace with a gap of 25 s; one photo without EXIF, one
    /// cut off.
    func cleoFirst() throws(ImageError) -> SampleUpload {
        let route = Route([Crossing(0, 1), Crossing(2, 1), Crossing(2, 2)])
        let motion = Motion(route: route, start: .march(7, 14, 5, 0), speed: 8.1)
        let before = SampleDrive.stations(from: 25, count: 14, seed: seed + 3)
        // The last fix before the gap comes after the last photo, and the first one behind it before the
        // next.
        let gapStart = Int(motion.driving(before.last ?? 0)) + 3
        let gap = gapStart..<gapStart + 24
        let inGap = [6.3, 12.4, 18.2].map { motion.metres(Double(gap.lowerBound) + $0) }
        let after = SampleDrive.stations(
            from: motion.metres(Double(gap.upperBound)) + 8, count: 13, seed: seed + 30)
        var faults: [Int: Fault] = [14: .inTraceGap, 15: .inTraceGap, 16: .inTraceGap]
        faults[5] = .withoutExif
        faults[23] = .truncated
        let drive = SampleDrive(
            seed: seed + 3, day: 7, motion: motion,
            daylight: Daylight(
                azimuth: 226, elevation: 30, cloudiness: 0.55, warmth: 0.5, exposure: 110, cloudSeed: 703),
            mount: Contributor.cleo.mount, stations: before + inGap + after, faults: faults)
        let camera = PhotoFolder(
            make: "Sample Optics", model: "Pocket 4", bigEndian: false, offsetHours: 1, hasReceiver: false,
            prefix: "IMG_", suffix: ".jpg", quality: 82)
        let folder = try camera.files(film(drive), first: 2041)
        let last = Int(motion.driving(after.last ?? 0)) + 3
        let trace = GPXTrace.file(
            "trace.gpx", motion: motion, seconds: 1...last, gap: gap, receiver: Receiver(seed: drive.seed))
        return SampleUpload(
            contributor: Contributor.cleo.rawValue, name: "2026-03-07-photos-and-trace",
            receivedAt: .march(7, 20, 15),
            files: folder.files + [trace], outcome: .ingested(folder.expected))
    }

    /// Images with sidecars, three of them small PNG files; one lens covered, one frame out of focus.
    func cleoSecond() throws(ImageError) -> SampleUpload {
        let route = Route([Crossing(1, 0), Crossing(1, 1), Crossing(1, 2), Crossing(2, 2)])
        let small = Set([9, 10, 11])
        let drive = SampleDrive(
            seed: seed + 5, day: 11,
            motion: Motion(route: route, start: .march(11, 10, 30, 18), speed: 10.4),
            daylight: Daylight(
                azimuth: 160, elevation: 37, cloudiness: 0.35, warmth: 0.2, exposure: 118, cloudSeed: 1105),
            mount: Contributor.cleo.mount,
            stations: SampleDrive.stations(from: 25, count: 26, seed: seed + 5),
            faults: [6: .covered(0.87), 19: .blurred],
            sizes: Dictionary(uniqueKeysWithValues: small.map { ($0, (400, 200)) }))
        let folder = try SidecarFolder.files(film(drive), quality: 80, png: small)
        return SampleUpload(
            contributor: Contributor.cleo.rawValue, name: "2026-03-11-sidecars",
            receivedAt: .march(11, 13, 0),
            files: folder.files, outcome: .ingested(folder.expected))
    }
}
