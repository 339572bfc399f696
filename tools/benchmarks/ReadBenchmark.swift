import ArgumentParser
import DriveFormats
import Glibc
import Store

/// `bench read`: how fast traces and photos are read.
struct ReadBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "GPX against Foundation's XMLParser in the same run, NMEA, and the metadata of photos.")

    @OptionGroup var options: BenchmarkOptions

    @Option(help: "Rounds; the median counts.") var rounds = 9

    @Option(help: "Points of the GPX file. XMLParser reads no file above 10 MB.") var points = 29_000

    @Option(help: "Photos of which the metadata are read.") var photos = 500

    func run() throws {
        // First, because the largest memory a process ever had is all that can be asked for.
        try measureMemory()
        try measureGPX()
        try measureNMEA()
        try measurePhotos()
    }

    private func measureMemory() throws {
        let size = 1_000_000_000
        try measureMemory("GPX") { repeats in
            TraceUpload(
                MadeTrace.gpx(points: 1000, isOpen: true), repeating: repeats ? MadeTrace.waypoints : [],
                upTo: size,
                end: MadeTrace.gpxEnd)
        }
        try measureMemory("NMEA") { repeats in
            TraceUpload(
                MadeTrace.nmea(epochs: 1000), repeating: repeats ? MadeTrace.satellites : [], upTo: size)
        }
    }

    private func measureMemory(_ kind: String, _ make: (_ repeats: Bool) -> TraceUpload) throws {
        let upload = make(true)
        _ = try make(false).trace()
        let before = Self.peakMB
        var count = 0
        let cost = try Cost.of { count = try upload.trace().count }
        guard count == 1000 else { throw BenchmarkError("\(count) fixes of 1000") }
        print(
            "\(kind) of 1 GB with 1,000 fixes: \(Self.peakMB - before) MB more memory, \(cost.cpu) s of CPU")
    }

    private func measureGPX() throws {
        let gpx = MadeTrace.gpx(points: points)
        let upload = TraceUpload(gpx)
        let expected = FoundationGPX.read(gpx)
        let trace = try upload.trace()
        guard trace.count == points, expected.points == points,
            trace.reduce(0, { $0 + $1.latitude }) == expected.latitudes,
            trace.reduce(0, { $0 + ($1.speed ?? 0) }) == expected.speeds
        else { throw BenchmarkError("both readers of GPX do not agree") }
        var (ratios, speeds, floors) = ([Double](), [Double](), [Double]())
        for _ in 0..<rounds {
            let before = Cost.of { _ = FoundationGPX.read(gpx) }.cpu
            // Ten times the work in about the time, so that both feel the same of what else the machine does.
            let own = try Cost.of { for _ in 0..<10 { _ = try upload.trace() } }.cpu / 10
            let after = Cost.of { _ = FoundationGPX.read(gpx) }.cpu
            floors.append(Double(gpx.count) * 2 / (before + after) / 1e6)
            speeds.append(Double(gpx.count) / own / 1e6)
            ratios.append((before + after) / 2 / own)
        }
        print("GPX of \(gpx.count) bytes, MB/s:                \(speeds.summary)")
        print("XMLParser on the same file, MB/s:           \(floors.summary)")
        print("GPX / XMLParser (at least 10):              \(ratios.summary)")
    }

    private func measureNMEA() throws {
        let log = MadeTrace.nmea(epochs: 50_000)
        let upload = TraceUpload(log)
        guard try upload.trace().count == 50_000 else { throw BenchmarkError("the log is not read in full") }
        let speeds = try (0..<rounds).map { _ in
            Double(log.count) / (try Cost.of { _ = try upload.trace() }.cpu) / 1e6
        }
        print("NMEA of \(log.count) bytes, MB/s (at least 300): \(speeds.summary)")
    }

    private func measurePhotos() throws {
        let folder = "\(options.directory)/photos-\(photos)"
        try MadePhotos.make(folder, count: photos)
        let upload = try UploadDirectory(folder)
        let costs = try (0..<rounds).map { _ in
            try Cost.of {
                guard
                    try ExifPhotoFormat().read(upload).flatMap(\.frames).count(where: { $0.fix != nil })
                        == photos
                else { throw BenchmarkError("not every photo has a position") }
            }.cpu * 1e6 / Double(photos)
        }
        print("EXIF, microseconds of CPU a photo (limit 60): \(costs.summary)")
    }

    /// The largest memory this process ever had, in millions of bytes.
    private static var peakMB: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_maxrss) * 1024 / 1e6
    }
}
