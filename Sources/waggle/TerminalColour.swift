import ArgumentParser
import Glibc
import Tiles

/// `--color`: whether pictures on stdout are coloured.
enum TerminalColour: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never

    /// How pictures are drawn. With `auto` they have colours where stdout is a terminal that says it shows 24-bit
    /// ones (`COLORTERM`, https://github.com/termstandard/colors) and nobody minds (https://no-color.org).
    var colours: TerminalPicture.Colours {
        switch self {
        case .always: return .full
        case .never: return .none
        case .auto:
            guard isatty(STDOUT_FILENO) == 1, Self.variable("NO_COLOR") == nil,
                let terminal = Self.variable("TERM"), terminal != "dumb"
            else { return .none }
            let depth = Self.variable("COLORTERM")
            let isFull = depth == "truecolor" || depth == "24bit" || terminal.hasSuffix("-direct")
            return isFull ? .full : .none
        }
    }

    /// Characters across stdout: what the terminal says, or `COLUMNS`, or 80.
    static var columns: Int {
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        if let columns = variable("COLUMNS").flatMap({ Int($0) }), (1...10_000).contains(columns) {
            return columns
        }
        return 80
    }

    /// A variable of the environment; nil where it is empty, too.
    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}
