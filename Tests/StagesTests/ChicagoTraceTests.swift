import Canonical
import Foundation
import Geo
import Testing

@testable import DriveFormats
@testable import Stages

/// The shuttle buses of Chicago, read as traces: github.com/iwcyou/mapinference-gis12-upgrade, where it is present.
@Suite(
    "The traces of Chicago",
    .enabled(
        if: ProcessInfo.processInfo.environment["WAGGLE_SHARED_DATA"] != nil, "WAGGLE_SHARED_DATA is not set")
)
struct ChicagoTraceTests {
    private struct OneFile: UploadContents {
        let bytes: [UInt8]
        var files: [UploadFile] { [UploadFile(path: "uic-chicago.csv", size: bytes.count)] }

        func bytes(of file: UploadFile, range: Range<Int>) -> [UInt8] {
            Array(bytes[range.clamped(to: 0..<bytes.count)])
        }
    }

    @Test("all 889 are read, and nothing is lost, taken out or cut")
    func all() throws {
        let folder = try #require(ProcessInfo.processInfo.environment["WAGGLE_SHARED_DATA"])
        let path = folder + "/traces/uic-chicago.csv"
        let upload = OneFile(bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        let traces = try CSVTrace().traces(by: "trip", of: upload.files[0], in: upload)
        // wc -l, and cut -d, -f1 | sort -u | wc -l, without the header.
        #expect(traces.count == 889)
        #expect(traces.map(\.fixes.count).reduce(0, +) == 118_364)
        #expect(
            traces[0].fixes[0]
                == RawFix(
                    time: UTCTime(milliseconds: 1_301_806_255_000), latitude: 41.879176, longitude: -87.649627
                ))
        let drives = traces.map {
            SampleTrip.verified(RawDrive(device: nil, frames: [], trace: $0.fixes)).trace
        }
        #expect(drives.allSatisfy { !$0.parts.isEmpty })
        for (drive, trace) in zip(drives, traces) {
            #expect(drive.parts.map(\.count).reduce(0, +) + drive.outliers == trace.fixes.count)
        }
        #expect(drives.allSatisfy { $0.refused == 0 })
        // The worst step is 49 m in one second, where a receiver between high houses finds its way back.
        #expect(drives.map(\.outliers).reduce(0, +) == 0)
        #expect(drives.allSatisfy { $0.parts.count == 1 })
    }
}
