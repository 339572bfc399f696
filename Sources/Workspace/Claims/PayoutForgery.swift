/// A published record of an address whose signature is not that of the key it names.
public struct PayoutForgery: Error, Sendable, Equatable, CustomStringConvertible {
    /// Its file.
    public let path: String

    /// What is wrong.
    public var description: String { "\(path): the signature is not that of this record by its key" }
}
