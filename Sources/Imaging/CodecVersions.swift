import CImageCodecs

/// Versions of the codec libraries, for reports of what a machine runs with.
public enum CodecVersions {
    /// libjpeg-turbo as built against, for example `2.1.5`; the library tells none at run time.
    public static var jpeg: String { String(cString: waggle_jpeg_version()) }
    /// libpng as linked, for example `1.6.39`.
    public static var png: String { String(cString: waggle_png_version()) }
}
