/// What a file's header says about its image.
public struct ImageHeader: Sendable, Equatable {
    /// The file's format.
    public let kind: ImageKind
    /// Width of the file's image, in pixels.
    public let width: Int
    /// Height of the file's image, in pixels.
    public let height: Int

    /// A header with its fields.
    public init(kind: ImageKind, width: Int, height: Int) {
        self.kind = kind
        self.width = width
        self.height = height
    }
}

/// A decoded image: what its header says, and its luma at a quarter of the size.
public struct DecodedImage: Sendable, Equatable {
    /// The file's format.
    public let kind: ImageKind
    /// Width of the file's image, in pixels.
    public let width: Int
    /// Height of the file's image, in pixels.
    public let height: Int
    /// Luma at a quarter of width and height, rounded up. JPEG: libjpeg's decode at 2/8. PNG: means of 4x4
    /// boxes, transparency composited on black.
    public let plane: LumaPlane

    /// An image with its fields, which are not checked against each other.
    public init(kind: ImageKind, width: Int, height: Int, plane: LumaPlane) {
        self.kind = kind
        self.width = width
        self.height = height
        self.plane = plane
    }
}
