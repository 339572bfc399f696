/// What is kept back of every drive, and kept beside every picture, where its contributor has not chosen.
public struct PrivacyDefaults: Sendable, Equatable {
    /// How far from its two ends a drive is not stored, millimetres.
    public var trim: Int64
    /// Whether kept frames keep their comments, 0 or 1.
    public var keepComments: Int64
    /// Whether kept frames keep their XMP, 0 or 1.
    public var keepXMP: Int64
    /// Whether kept frames keep their colour profile, 0 or 1.
    public var keepColourProfile: Int64

    /// These defaults.
    public init(trim: Int64, keepComments: Int64, keepXMP: Int64, keepColourProfile: Int64) {
        self.trim = trim
        self.keepComments = keepComments
        self.keepXMP = keepXMP
        self.keepColourProfile = keepColourProfile
    }
}
