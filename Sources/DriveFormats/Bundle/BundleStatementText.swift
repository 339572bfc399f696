import Canonical

extension BundleStatement {
    /// The statement as JSON; what is not known is left out.
    public var canonicalJSON: CanonicalJSON {
        var members: [String: CanonicalJSON] = [
            "format": .string(Self.format), "drives": .array(drives.map(Self.json)),
        ]
        if let signer {
            var signed: [String: CanonicalJSON] = [
                "device": .string(signer.device), "key": .string(signer.key.hex),
                "sequence": .integer(signer.sequence),
            ]
            signed["previous"] = signer.previous.map { .string($0.hex) }
            members["signer"] = .object(signed)
        }
        return .object(members)
    }

    private static func json(_ drive: Drive) -> CanonicalJSON {
        var members: [String: CanonicalJSON] = ["frames": .array(drive.frames.map(json))]
        members["device"] = drive.device.map { .string($0) }
        members["trace"] = drive.trace.map { .object(json($0)) }
        return .object(members)
    }

    private static func json(_ file: File) -> [String: CanonicalJSON] {
        ["path": .string(file.path), "sha256": .string(file.content.hex)]
    }

    private static func json(_ frame: Frame) -> CanonicalJSON {
        var members = json(frame.file)
        members["captured_at"] = frame.capturedAt.map { .integer($0.milliseconds) }
        if let position = frame.position {
            members["latitude_e7"] = .integer(position.latitudeE7)
            members["longitude_e7"] = .integer(position.longitudeE7)
            members["heading"] = position.heading.map { .integer($0) }
            members["horizontal_error"] = position.horizontalError.map { .integer($0) }
            members["hdop"] = position.hdop.map { .integer($0) }
            members["speed"] = position.speed.map { .integer($0) }
        }
        if frame.isUnblurred { members["unblurred"] = .bool(true) }
        return .object(members)
    }
}
