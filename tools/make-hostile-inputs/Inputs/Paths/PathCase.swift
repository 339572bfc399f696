/// One upload that hurts by what lies in it and not by any file's bytes.
public struct PathCase: Sendable {
    /// `kind/what is wrong`, unique.
    public let name: String
    /// What must become of it.
    public let expected: PathExpectation
    /// Makes the upload `upload` in a folder of its own; false where the system lets nobody make such a thing.
    public let make: @Sendable (PathMaker) -> Bool
    /// What somebody does to it between listing and reading; nil for nothing.
    public let change: (@Sendable (PathMaker) -> Void)?

    init(
        _ name: String, _ expected: PathExpectation,
        change: (@Sendable (PathMaker) -> Void)? = nil,
        make: @escaping @Sendable (PathMaker) -> Bool
    ) {
        self.name = name
        self.expected = expected
        self.make = make
        self.change = change
    }

    /// All of them.
    public static var all: [PathCase] { NameCases.all() + FileKindCases.all() + ChangeCases.all() }
}

/// What must become of such an upload.
public enum PathExpectation: Sendable, Equatable {
    /// It is refused under this code, at this place.
    case refused(String, at: String)
    /// It is listed with just these files, of which every byte can be read.
    case listed([[UInt8]])
    /// It is listed, and then this file cannot be read.
    case unreadable([UInt8])
}
