/// What one image may cost. An image above a limit is refused with a code of its own.
public struct ImageLimits: Sendable, Equatable {
    /// Longest file, in bytes. Dashcam frames have 0.1...2 MB.
    public var maxBytes: Int
    /// Greatest width x height of the file, in pixels. Dashcam frames have 1...12 megapixels.
    public var maxPixels: Int
    /// Most scans of a multi-scan JPEG. Encoders write about 10; libjpeg-turbo's own fuzz targets allow 100.
    public var maxScans: Int
    /// Most scans x width x height of a multi-scan JPEG: the time a decode takes whatever the file's length.
    /// 500 million are a fifth of a second; a camera's 10 scans of 12 megapixels make 120 million.
    public var maxScannedPixels: Int
    /// Most bytes a PNG's pixels may unpack to. 100 million take a quarter of a second and hold 33 megapixels
    /// of 8-bit RGB.
    public var maxUnpackedBytes: Int
    /// Most memory a codec library may take for one image, in bytes. A progressive JPEG needs 2 bytes for
    /// each sample of each channel: 64 MiB is enough for 22 megapixels at 4:2:0. Others need a few rows.
    public var maxCodecMemory: Int

    /// Limits; the defaults are generous to cameras and tight on bombs.
    public init(
        maxBytes: Int = 50_000_000, maxPixels: Int = 100_000_000, maxScans: Int = 100,
        maxScannedPixels: Int = 500_000_000, maxUnpackedBytes: Int = 100_000_000,
        maxCodecMemory: Int = 64 << 20
    ) {
        self.maxBytes = maxBytes
        self.maxPixels = maxPixels
        self.maxScans = maxScans
        self.maxScannedPixels = maxScannedPixels
        self.maxUnpackedBytes = maxUnpackedBytes
        self.maxCodecMemory = maxCodecMemory
    }
}
