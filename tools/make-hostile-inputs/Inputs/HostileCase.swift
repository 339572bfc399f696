/// One input that was made to hurt a reader, and what must become of it.
public struct HostileCase: Sendable {
    /// `family/kind/what is wrong`, unique.
    public let name: String
    /// The upload: paths and bytes. Of an image family, the one image.
    public let files: [(path: String, bytes: [UInt8])]
    /// What must become of it.
    public let expected: Expectation

    init(_ name: String, _ files: [(path: String, bytes: [UInt8])], _ expected: Expectation) {
        self.name = name
        self.files = files
        self.expected = expected
    }

    /// The part of the name before the first `/`.
    public var family: String { String(name.prefix { $0 != "/" }) }
}

/// What must become of a hostile input. It is known by how the input was made, never by what came of it.
public enum Expectation: Sendable, Equatable {
    /// It is refused under this code, and the place ends like this where it is given.
    case refused(String, at: String? = nil)
    /// It is an image of this size.
    case image(Int, Int)
    /// It is a trace with just these fixes.
    case trace([ExpectedFix], remark: String? = nil)
    /// It gives these frames.
    case frames([ExpectedFrame])
    /// It was changed at random: it is refused under some code with a place, or gives finite numbers.
    case lawful
}

/// A fix that must have been read.
public struct ExpectedFix: Sendable, Equatable {
    /// Degrees times 10^7, rounded.
    public var latitudeE7, longitudeE7: Int
    /// Milliseconds since 1970; nil for a fix without a time.
    public var milliseconds: Int64?

    init(_ latitudeE7: Int, _ longitudeE7: Int, _ milliseconds: Int64?) {
        self.latitudeE7 = latitudeE7
        self.longitudeE7 = longitudeE7
        self.milliseconds = milliseconds
    }
}

/// A frame that must have been read.
public struct ExpectedFrame: Sendable, Equatable {
    /// The file in which its image lies.
    public var path: String
    /// Its own position and time; nil where it has no position.
    public var fix: ExpectedFix?
    /// Its capture time where it has no position.
    public var milliseconds: Int64?
    /// Words in what the reader says is wrong with it; nil where nothing may be said.
    public var complaint: String?

    init(_ path: String, _ fix: ExpectedFix?, at milliseconds: Int64? = nil, complaint: String? = nil) {
        self.path = path
        self.fix = fix
        self.milliseconds = milliseconds ?? fix?.milliseconds
        self.complaint = complaint
    }
}
