/// Where an account is paid, as a ``ClaimScheme`` checked it: bytes that go into a leaf, and their one text.
public struct PayoutAddress: Hashable, Sendable {
    /// The bytes of the address.
    public let bytes: [UInt8]
    /// How the address is written, in ASCII; no other text is taken for it.
    public let text: String

    /// An address whose `text` was found to be the one form of `bytes`.
    init(bytes: [UInt8], text: String) {
        self.bytes = bytes
        self.text = text
    }
}
