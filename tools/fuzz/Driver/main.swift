// The driver of libFuzzer (https://llvm.org/docs/LibFuzzer.html, "Using libFuzzer as a library") for one target:
//     waggle-fuzz TARGET [libFuzzer's own arguments] CORPUS...
import FuzzTargets
import Glibc

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

private func named() -> FuzzTarget? {
    CommandLine.argc > 1 ? FuzzTarget(rawValue: CommandLine.arguments[1]) : nil
}

private let target = named()
guard target != nil, let name = CommandLine.unsafeArgv[0] else {
    print("waggle-fuzz TARGET: one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
    exit(64)
}
// The name of the target is not libFuzzer's.
CommandLine.unsafeArgv[1] = name
private var count = CommandLine.argc - 1
private var arguments = CommandLine.unsafeArgv + 1
exit(
    runDriver(&count, &arguments) { bytes, count in
        if let fault = target?.fault(Array(UnsafeBufferPointer(start: bytes, count: count))) {
            let line = Array("\(fault)\n".utf8)
            write(STDERR_FILENO, line, line.count)
            abort()
        }
        return 0
    })
