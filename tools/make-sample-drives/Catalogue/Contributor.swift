import Canonical

/// Who drives: each with a camera of their own.
enum Contributor: String {
    case ada, ben, cleo, mallory

    /// How their camera sits behind the windscreen.
    var mount: CameraMount {
        switch self {
        case .ada: CameraMount(height: 1.35, pitch: 2.0, roll: 0.0, yaw: 0.0, zoom: 0.55)
        case .ben: CameraMount(height: 1.22, pitch: 0.8, roll: 0.9, yaw: -1.5, zoom: 0.60)
        case .cleo: CameraMount(height: 1.62, pitch: 1.2, roll: -0.6, yaw: 2.5, zoom: 0.52)
        case .mallory: CameraMount(height: 1.30, pitch: 2.8, roll: 0.4, yaw: 1.0, zoom: 0.57)
        }
    }
}

extension UTCTime {
    /// A time of the sample's eight days: a day of March 2026 and a clock time in UTC.
    static func march(_ day: Int64, _ hour: Int64, _ minute: Int64, _ second: Int64 = 0) -> UTCTime {
        // 2026-03-01 is day 20 513 since 1970-01-01.
        UTCTime(milliseconds: (((20_512 + day) * 24 + hour) * 60 + minute) * 60_000 + second * 1000)
    }
}
