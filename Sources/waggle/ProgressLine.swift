import Glibc
import Synchronization
import Workspace

/// One line on stderr that says how far an ingest is; only where stderr is a terminal.
final class ProgressLine: Sendable {
    private struct State {
        var upload = ""
        var frames = 0
        var shown = 0
    }

    private let isOn: Bool
    private let state = Mutex(State())

    init(isOn: Bool) {
        self.isOn = isOn && isatty(STDERR_FILENO) == 1
    }

    /// Takes note of `event` and brings the line up to date, at most every sixteenth frame.
    func show(_ event: IngestEvent) {
        guard isOn else { return }
        state.withLock { state in
            switch event {
            case .began(let delivery):
                state = State(upload: "\(delivery.contributor.text)/\(delivery.name)")
            case .measured(let count):
                state.frames += count
                if state.frames - state.shown < 16 { return }
                state.shown = state.frames
            case .ended, .comparing: return
            }
            write("\r\u{1B}[2K\(state.upload): \(state.frames) frames measured")
        }
    }

    /// Takes the line away.
    func clear() {
        if isOn { write("\r\u{1B}[2K") }
    }

    private func write(_ text: String) {
        Output.write(Array(text.utf8), to: STDERR_FILENO)
    }
}
