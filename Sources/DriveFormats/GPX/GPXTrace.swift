/// GPX 1.0 and 1.1 files.
struct GPXTrace: TraceFormat {
    let name = "gpx"
    let lookedFor = "photos with one GPX file, whose first element is 'gpx'"

    func recognises(_ file: UploadFile, in upload: any UploadContents) throws(UploadReadError) -> Bool {
        try GPXFile.begins(file, in: upload)
    }

    func read(_ file: UploadFile, in upload: any UploadContents) throws(FormatError) -> RawTrace {
        try GPXFile.read(file, in: upload)
    }
}
