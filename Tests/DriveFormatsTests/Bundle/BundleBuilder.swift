import Canonical
import DriveFormats

/// Makes bundles as somebody who has only read `docs/bundle.md` would: by writing text.
struct BundleBuilder {
    var images: [(path: String, bytes: [UInt8], members: String)] = [
        (
            "frames/a.jpg", ExifBuilder.sample(isBigEndian: true).jpeg,
            #""captured_at":1765835621771,"heading":9010,"horizontal_error":3500,"latitude_e7":377768000,"longitude_e7":-1224125000,"#
        ),
        (
            "frames/b.jpg", [0xFF, 0xD8, 0xFF, 1],
            #""captured_at":1765835622771,"hdop":1200,"latitude_e7":377769000,"longitude_e7":-1224124000,"#
        ),
    ]
    var trace: (path: String, bytes: [UInt8])?
    /// The members of the statement behind its drives and format.
    var tail = ""
    var device: String?
    var files: [(path: String, bytes: [UInt8])] = []

    /// The statement.
    var statement: String {
        let frames = images.map { image in
            // In the order of canonical keys: sha256 comes before speed and unblurred, path before sha256.
            let split = image.members.split(separator: ";", omittingEmptySubsequences: false)
            let behind = split.count > 1 ? String(split[1]) : ""
            return
                "{\(split[0])\"path\":\"\(image.path)\",\"sha256\":\"\(ContentHash.of(image.bytes))\"\(behind)}"
        }.joined(separator: ",")
        let device = device.map { "\"device\":\"\($0)\"," } ?? ""
        let trace =
            trace.map {
                ",\"trace\":{\"path\":\"\($0.path)\",\"sha256\":\"\(ContentHash.of($0.bytes))\"}"
            } ?? ""
        return
            "{\"drives\":[{\(device)\"frames\":[\(frames)]\(trace)}],\"format\":\"waggle-bundle/1\"\(tail)}"
    }

    /// The files of the bundle.
    var contents: [(path: String, bytes: [UInt8])] {
        [("upload.json", text(statement))] + images.map { ($0.path, $0.bytes) } + (trace.map { [$0] } ?? [])
            + files
    }

    /// Signs it with `key`.
    mutating func sign(_ key: SigningKey, device: String = "cam", sequence: Int = 1, previous: String? = nil)
        throws
    {
        let before = previous.map { "\"previous\":\"\($0)\"," } ?? ""
        tail =
            ",\"signer\":{\"device\":\"\(device)\",\"key\":\"\(try key.verifyingKey())\",\(before)\"sequence\":\(sequence)}"
        let message = text("waggle-bundle-signature/1\n" + statement)
        files.removeAll { $0.path == "upload.sig" }
        files.append(("upload.sig", try key.signature(of: message)))
    }

    /// The first secret key of RFC 8032's vectors.
    static func key() throws -> SigningKey {
        let seed = Hexadecimal.bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60") ?? []
        return SigningKey(seed: seed) ?? SigningKey()
    }
}

/// What reading `contents` throws: code and place.
func bundleFault(_ contents: [(path: String, bytes: [UInt8])]) -> String? {
    do {
        _ = try DriveFormats.drives(contents)
        return nil
    } catch {
        guard let error = error as? FormatError else { return "\(error)" }
        return "\(error.code) \(error.place)"
    }
}
