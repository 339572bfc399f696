/// The name of a frame: that of its drive, `-`, and its number in the drive.
public enum FrameName {
    /// The name of frame `number` of `drive`. Numbers have at least five digits, so that the names of most drives
    /// are ordered as their frames are.
    public static func text(drive: String, number: Int) -> String {
        let digits = String(number)
        return "\(drive)-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }

    /// The number in the name of a frame of `drive`; nil where it is no such name.
    public static func number(of name: String, drive: String) -> UInt32? {
        guard name.hasPrefix("\(drive)-") else { return nil }
        return UInt32(name.dropFirst(drive.count + 1))
    }
}
