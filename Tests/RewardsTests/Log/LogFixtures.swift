import Canonical
import Testing

@testable import Rewards

/// Keys and texts of the published vectors, for the tests of the log.
enum LogFixtures {
    static func signer(_ name: String, seed: ClosedRange<UInt8>) throws -> NoteSigner {
        try NoteSigner(name: name, key: try #require(SigningKey(seed: Array(seed))))
    }

    /// The log of the vector: Ed25519 seed 00...1f.
    static func log() throws -> NoteSigner { try signer("example.org/hive-log", seed: 0x00...0x1F) }
    /// The witness of the vector: seed 20...3f.
    static func witness() throws -> NoteSigner { try signer("example.org/witness", seed: 0x20...0x3F) }

    static let logKey = "example.org/hive-log+c6f3343e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    static let witnessKey = "example.org/witness+e6d8da8e+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X"
    static let root = "521f4RldDm6pmFmjlT6WtS3VfEbjLWSQs88rLnuU1y8="
    static let text = Array("example.org/hive-log\n3\n\(root)\n".utf8)
    static let signature =
        "xvM0PvOEH7JXyrCP2zWIP/FxlqvYsD9FnxotEvKfnTIuXu3VxmP2W5SlFJ8CAU13tAFm1Ti7jj5oymhU96TEb148vwM="
    static let cosignature =
        "5tjajgAAAABlU/EAycZx5hkbDwUcwbPAdVO42BHTw3aHlfReYosztL5OAzRPfVmF93ODbgujYS1eRCAK5+o41KkV859GGmuqGt2zCg=="
    /// The vector's checkpoint of the leaves `epoch-0`, `epoch-1`, `epoch-2`, signed by log and witness.
    static let note =
        text
        + Array(
            "\n\u{2014} example.org/hive-log \(signature)\n\u{2014} example.org/witness \(cosignature)\n".utf8
        )

    static let leaves = ["epoch-0", "epoch-1", "epoch-2"].map { Array($0.utf8) }

    static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    static func hash(base64 text: String) throws -> ContentHash {
        try #require(Base64.bytes(Array(text.utf8)).flatMap { ContentHash(bytes: $0) })
    }

    /// The code of the error that `body` throws; nil where it throws none.
    static func code(_ body: () throws -> Void) -> LogError.Code? {
        do { try body() } catch let error as LogError { return error.code } catch {
            Issue.record("\(error)")
        }
        return nil
    }
}
