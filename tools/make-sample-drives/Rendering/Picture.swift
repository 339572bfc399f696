/// A picture of 8-bit red, green and blue, rows from the top.
struct Picture: Sendable {
    let width: Int
    let height: Int
    /// width x height x 3 samples.
    var rgb: [UInt8]
}
