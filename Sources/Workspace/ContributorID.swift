/// The name of a contributor: 1 to 64 ASCII letters, digits, `.`, `_`, `-`, not starting with `.` or `-`.
public struct ContributorID: Sendable, Hashable {
    /// The name.
    public let text: String

    /// The contributor `text`; throws ``WorkspaceError/badContributor(_:)`` for anything else.
    public init(_ text: String) throws(WorkspaceError) {
        let bytes = Array(text.utf8)
        let isAllowed = bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard (1...64).contains(bytes.count), isAllowed, bytes[0] != UInt8(ascii: "."),
            bytes[0] != UInt8(ascii: "-")
        else { throw WorkspaceError.badContributor(text) }
        self.text = text
    }
}
