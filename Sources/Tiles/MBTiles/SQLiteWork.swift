/// How much work a file may still ask for: views may be built to run for ever, or to make much of little.
final class SQLiteWork {
    /// Steps of SQLite's virtual machine between two looks at the meter.
    static let stepsAtOnce: Int32 = 1000

    private var steps: Int64
    private var bytes: Int64

    /// Work of `steps` steps that read contents of `bytes` bytes.
    init(steps: Int64, bytes: Int64) {
        self.steps = steps
        self.bytes = bytes
    }

    /// Allows for more of both.
    func allow(steps: Int64, bytes: Int64 = 0) {
        self.steps &+= steps
        self.bytes &+= bytes
    }

    /// Takes note that another ``stepsAtOnce`` steps were done; false where no more may be.
    func goesOn() -> Bool {
        steps &-= Int64(Self.stepsAtOnce)
        return steps > 0
    }

    /// Takes note that `count` bytes are to be read; false where there may not be so many.
    func read(_ count: Int64) -> Bool {
        bytes &-= count
        return bytes >= 0
    }
}
