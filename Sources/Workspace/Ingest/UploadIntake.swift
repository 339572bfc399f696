import Canonical
import DriveFormats
import Geo
import Rewards
import Stages
import Store
import Tiles

/// Takes one upload through reading, verifying, locating and measuring. Nothing of it is in the catalog before all
/// of it is.
struct UploadIntake {
    let ruleset: Ruleset
    let devices: DeviceRegistry
    let keeping: BlobWriting?
    /// Whether copies are stripped of all that is not the picture.
    let strips: Bool
    let jobs: Int
    /// What the contributor keeps to themselves.
    let privacy: PrivacyRules

    /// An upload whose frames are measured, with their copies waiting for their names.
    struct Taken: Sendable {
        let blobs: BlobWriter?
        /// Whether a registered device signed it, so that it must fit to what that has signed before.
        let isInChain: Bool
        /// What goes into the catalog. Reads what is left of the upload to name it by its contents; throws
        /// ``UploadReadError``.
        let entry: @Sendable () throws -> UploadEntry
    }

    /// Reads `upload`, received at `receivedAt`.
    ///
    /// - Throws: ``FormatError`` where no reader can make sense of it, ``UploadReadError`` where its files change
    ///   or fail while being read.
    func take(
        _ upload: UploadDirectory, of delivery: Delivery, receivedAt: UTCTime,
        progress: @escaping @Sendable (Int) -> Void
    ) async throws -> Taken {
        guard let format = try DriveFormats.recognise(upload) else {
            throw DriveFormats.unknownFormat(upload)
        }
        let (read, signed, standing) = try read(upload, as: format, of: delivery, receivedAt: receivedAt)
        let raw = try OtherSources.heard(read, in: upload, margin: ruleset.sources.traceMargin).map {
            ClockOffset.repaired(
                WeekRollover.repaired($0, rules: ruleset.sources), rules: ruleset.sources)
        }
        // A frame cannot have been captured after it was received.
        let drives = raw.map { Verify.drive($0, asOf: receivedAt, rules: ruleset.drive) }
        let shown = drives.map {
            Privacy.apply(privacy, to: $0, places: Locate.frames(of: $0, rules: ruleset.locate))
        }
        let flags = drives.map { Plausibility.flags(of: $0, rules: ruleset.plausibility) }
        let places = zip(raw, zip(shown, flags)).map { raw, pair in
            Plausibility.apply(
                pair.1, to: Privacy.holdBack(raw.frames, places: pair.0.places), rules: ruleset.plausibility)
        }
        let blobs = keeping.map(BlobWriter.init)
        let reader = FrameReader(
            upload: upload, rules: ruleset.measure, duplicates: ruleset.deduplicate, blobs: blobs,
            kept: strips ? StrippedImage.Metadata(ruleset.privacy) : nil)
        let frames = FrameJobs(raw, places, of: upload.files)
        let readings: [FrameReading]
        do {
            readings = try await frames.readings(by: reader, workers: jobs, progress: progress)
        } catch {
            await blobs?.abandon()
            throw error
        }
        return Taken(blobs: blobs, isInChain: standing == .registered) {
            let content = try ContentListing(
                upload: upload, sources: frames.sources, readings: readings, reader: reader
            ).hash
            var made = entry(
                content, format: format.name, of: delivery, receivedAt: receivedAt,
                drives: Array(zip(raw, drives)), traces: shown.map(\.trace), flags: flags, places: places,
                readings: readings)
            made.signed = signed
            return made
        }
    }

    /// The drives of `upload`, and of a bundle who signed it and what that counts for.
    private func read(
        _ upload: UploadDirectory, as format: any DriveFormat, of delivery: Delivery, receivedAt: UTCTime
    ) throws -> (drives: [RawDrive], signed: SignedStatement?, standing: DeviceRegistry.Standing) {
        guard format is BundleFormat else { return (try format.read(upload), nil, .unsigned) }
        let bundle = try VerifiedBundle(upload)
        let standing = try devices.check(bundle, by: delivery.contributor, receivedAt: receivedAt)
        guard standing == .unregistered else { return (bundle.drives, bundle.signed, standing) }
        let drives = bundle.drives.map { drive in
            var drive = drive
            drive.remarks.append("signed by a key that nobody has registered")
            return drive
        }
        return (drives, bundle.signed, standing)
    }

    private func entry(
        _ content: ContentHash, format: String, of delivery: Delivery, receivedAt: UTCTime,
        drives: [(RawDrive, VerifiedDrive)], traces: [Trace], flags: [[Finding]],
        places: [[Result<Place, Refusal>]],
        readings: [FrameReading]
    ) -> UploadEntry {
        let name = ContentHash.of("waggle-upload/1\n\(delivery.contributor.text)\n\(content)").hex.prefix(16)
        var next = 0
        let entries = drives.enumerated().map { number, pair in
            let (raw, drive) = pair
            let own = next..<next + raw.frames.count
            next = own.upperBound
            let compared = ComparedReadings(Array(readings[own]), rules: ruleset)
            return entry(
                "\(name)-\(number)", raw, drive, traces[number], flags[number] + compared.flags,
                places: places[number], readings: compared.readings)
        }
        return UploadEntry(
            name: String(name), content: content, contributor: delivery.contributor.text,
            receivedAt: receivedAt, format: format, source: delivery.name, isKept: keeping != nil,
            drives: entries)
    }

    private func entry(
        _ name: String, _ raw: RawDrive, _ drive: VerifiedDrive, _ trace: Trace, _ flags: [Finding],
        places: [Result<Place, Refusal>],
        readings: [FrameReading]
    ) -> DriveEntry {
        var frames = zip(raw.frames, zip(drive.frames, readings)).enumerated().map { number, pair in
            let (frame, (verified, reading)) = pair
            if case .failure(let refusal) = places[number], refusal.finding.rule.isPrivacy {
                // Names of files often are times and positions, and a hash tells who has the file.
                return FrameEntry(
                    name: FrameName.text(drive: name, number: number), source: Self.withheld, bytes: nil,
                    content: nil, capturedAt: nil, outcome: .failure(refusal))
            }
            var entry = FrameEntry(
                name: FrameName.text(drive: name, number: number), source: frame.source, bytes: reading.bytes,
                content: reading.content, copy: reading.copy, capturedAt: (try? verified.get())?.time,
                outcome: reading.outcome)
            entry.evidence = FrameEvidence(frame, verified, places[number], reading, privacy)
            entry.evidence.settlement = drive.settlements[number]
            return entry
        }
        let observed = frames.indices.filter { (try? frames[$0].outcome.get()) != nil }
        let standing = observed.compactMap { index -> Standstill.Frame? in
            guard let observation = try? frames[index].outcome.get(), let content = frames[index].content
            else {
                return nil
            }
            return Standstill.Frame(
                time: observation.place.time, position: observation.place.position,
                quality: observation.quality.permille, image: content)
        }
        for (number, stop) in Standstill.stops(of: standing, rules: ruleset.deduplicate).enumerated() {
            for member in stop.members {
                frames[observed[member]].stop = (
                    number, observed[stop.best],
                    Geodesy.distanceMillimetres(standing[member].position, standing[stop.best].position)
                )
            }
        }
        return DriveEntry(
            name: name, device: raw.device, trace: trace, remarks: raw.remarks + drive.remarks, flags: flags,
            frames: frames
        )
    }

    /// The source of a frame of which nothing is stored.
    private static let withheld = ByteSource(path: "(withheld)")
}

extension StrippedImage.Metadata {
    /// What `rules` let copies keep.
    fileprivate init(_ rules: PrivacyDefaults) {
        self = []
        if rules.keepComments == 1 { insert(.comments) }
        if rules.keepXMP == 1 { insert(.xmp) }
        if rules.keepColourProfile == 1 { insert(.colourProfile) }
    }
}

extension FrameEvidence {
    /// What is to be kept of the way `raw` has gone, besides what its outcome says.
    fileprivate init(
        _ raw: RawFrame, _ verified: Result<VerifiedFrame, Refusal>, _ place: Result<Place, Refusal>,
        _ reading: FrameReading, _ privacy: PrivacyRules
    ) {
        self.init()
        var finding: Finding?
        if case .failure(let refusal) = reading.outcome {
            finding = refusal.finding
            self.place = try? place.get()
            image = reading.refused.map(ImageFigures.init)
        }
        if raw.complaint != finding?.message { complaint = raw.complaint }
        doubt = (try? verified.get())?.doubt
        if doubt != nil, let fix = raw.fix,
            let position = Coordinate(latitude: fix.latitude, longitude: fix.longitude),
            !privacy.zones.contains(where: { $0.contains(position) })
        {
            doubted = position
        }
    }
}
