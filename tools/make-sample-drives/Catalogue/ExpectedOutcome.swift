import Canonical

/// `expected.json`: what must become of every upload and frame, told from what was done to them.
enum ExpectedOutcome {
    /// The file: valid JSON with sorted keys, and one frame on each line.
    static func file(_ uploads: [SampleUpload], asOf: UTCTime) -> OutputFile {
        let blocks = uploads.map(block).joined(separator: ",\n")
        let text = "{\"as_of\":\"\(asOf)\",\"uploads\":[\n\(blocks)\n]}\n"
        return OutputFile("expected.json", Array(text.utf8))
    }

    private static func block(_ upload: SampleUpload) -> String {
        let contributor = CanonicalJSON.string(upload.contributor).text
        let name = CanonicalJSON.string(upload.name).text
        switch upload.outcome {
        case .ingested(let expected):
            let frames = expected.map(\.json.text).joined(separator: ",\n")
            return "{\"contributor\":\(contributor),\"frames\":[\n\(frames)\n],"
                + "\"outcome\":\"ingested\",\"upload\":\(name)}"
        case .quarantined(let reason):
            return "{\"contributor\":\(contributor),\"frames\":[],\"outcome\":\"quarantined\","
                + "\"reason\":\(CanonicalJSON.string(reason).text),\"upload\":\(name)}"
        }
    }
}
