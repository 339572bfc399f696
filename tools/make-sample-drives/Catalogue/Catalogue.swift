import Canonical
import Imaging

/// All uploads of the sample, in the order of their days.
struct Catalogue: Sendable {
    let seed: UInt64

    /// The time as of which the outcomes hold.
    static let asOf = UTCTime.march(20, 0, 0)

    /// Makes the uploads; `progress` is called with each name before the work on it.
    func uploads(progress: (String) -> Void) throws(ImageError) -> [SampleUpload] {
        var result: [SampleUpload] = []
        progress("ada, 5 March: FrameKM")
        let original = try adaFirst()
        result.append(original.upload)
        progress("ben, 6 March: photos with EXIF positions")
        result.append(try benFirst())
        progress("cleo, 7 March: photos and a GPX trace")
        result.append(try cleoFirst())
        progress("ada, 8 March: images with sidecars, and a red light")
        result.append(try adaSecond())
        progress("mallory, 9 March: copies of ada's frames among frames of her own")
        result.append(try mallory(copying: original))
        progress("ben, 10 March: the streets of 6 March again")
        result.append(try benSecond())
        progress("cleo, 11 March: images with sidecars, some PNG")
        result.append(try cleoSecond())
        progress("ada, 12 March: the streets of 5 March again, two FrameKM pairs")
        result.append(try adaThird())
        progress("uploads that nobody can or should read")
        result.append(try linked())
        result.append(unknown())
        return result
    }

    func film(_ drive: SampleDrive) -> [FilmedFrame] {
        drive.film(town: Town(seed: seed, day: drive.day))
    }
}
