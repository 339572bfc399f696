import Canonical
import DriveFormats

extension Expectation {
    /// What is wrong with `reading`; nil where it is what must become of the input.
    public func fault(_ reading: Reading) -> String? {
        switch (self, reading) {
        case (.lawful, _): Self.lawlessness(reading)
        case (.refused(let code, let end), .refused(let found, let place, let reason)):
            if found != code {
                "refused as \(found) (\(reason)) and not as \(code)"
            } else if let end, !"\(place) \(reason)".contains(end) {
                "refused at '\(place)' (\(reason)) and not at '\(end)'"
            } else {
                Self.lawlessness(reading)
            }
        case (.image(let width, let height), .image(let foundWidth, let foundHeight))
        where width == foundWidth && height == foundHeight: nil
        case (.trace(let fixes, let remark), .drives(let drives, _)): Self.fault(fixes, remark, drives)
        case (.frames(let frames), .drives(let drives, _)): Self.fault(frames, drives)
        default: "\(reading.summary) and not \(self)"
        }
    }

    /// What holds for every input: a refusal says why and where, and numbers are finite.
    private static func lawlessness(_ reading: Reading) -> String? {
        switch reading {
        case .refused(let code, let place, let reason):
            if code.isEmpty || reason.isEmpty { return "refused without a reason" }
            // The limits are about an image as a whole; everything else has a byte, line or member.
            let isOfAll =
                ["empty", "not_an_image", "too_many_bytes", "too_many_pixels", "too_many_scans"]
                + ["too_much_memory"]
            if place.isEmpty, !isOfAll.contains(code), !reason.contains("(byte ") {
                return "refused without a place: \(reason)"
            }
            if "\(place)\(reason)".unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
                return "a message with a control character"
            }
            return nil
        case .image(let width, let height):
            return width > 0 && height > 0 && width * height <= 100_000_000
                ? nil : "an image of \(width) x \(height)"
        case .drives(let drives, _):
            if drives.allSatisfy({ $0.frames.isEmpty && $0.trace.isEmpty }) { return "read as nothing" }
            for fix in drives.flatMap({ $0.trace + $0.frames.compactMap(\.fix) }) {
                let numbers = [
                    fix.latitude, fix.longitude, fix.heading, fix.speed, fix.horizontalError, fix.hdop,
                ]
                if numbers.contains(where: { $0.map { !$0.isFinite } ?? false }) {
                    return "not finite: \(fix)"
                }
            }
            return nil
        }
    }

    private static func fault(_ fixes: [ExpectedFix], _ remark: String?, _ drives: [RawDrive]) -> String? {
        let found = drives.flatMap(\.trace).map(ExpectedFix.init)
        if found != fixes { return "fixes \(found.prefix(4)) and not \(fixes.prefix(4))" }
        let remarks = drives.flatMap(\.remarks).joined(separator: "; ")
        if let remark { return remarks.contains(remark) ? nil : "remarks '\(remarks)' without '\(remark)'" }
        return nil
    }

    private static func fault(_ frames: [ExpectedFrame], _ drives: [RawDrive]) -> String? {
        var found = drives.flatMap(\.frames)
        guard found.count == frames.count else { return "\(found.count) frames and not \(frames.count)" }
        for expected in frames {
            guard
                let index = found.firstIndex(where: { $0.source.path.utf8.elementsEqual(expected.path.utf8) })
            else { return "no frame \(expected.path)" }
            let frame = found.remove(at: index)
            let fix = frame.fix.map(ExpectedFix.init)
            let time = frame.capturedAt?.milliseconds
            guard fix == expected.fix, time == expected.milliseconds else {
                return "\(frame.source.path) with \(String(describing: fix)) at \(String(describing: time))"
                    + " and not \(expected)"
            }
            switch (expected.complaint, frame.complaint) {
            case (nil, nil): continue
            case (let words?, let complaint?) where complaint.contains(words): continue
            default:
                return "\(frame.source.path) complains of '\(frame.complaint ?? "nothing")'"
                    + " and not of '\(expected.complaint ?? "nothing")'"
            }
        }
        return nil
    }
}

extension ExpectedFix {
    fileprivate init(_ fix: RawFix) {
        self.init(
            Int(exactly: (fix.latitude * 1e7).rounded()) ?? .max,
            Int(exactly: (fix.longitude * 1e7).rounded()) ?? .max, fix.time?.milliseconds)
    }
}
