import Canonical
import SeededNumbers
import TestSupport
import Testing

@testable import DriveFormats
@testable import Store
@testable import Workspace

/// Signed uploads of registered devices.
@Suite struct DeviceTests {
    private static let start = UTCTime.at("2026-03-02T00:00:00Z")
    private static let end = UTCTime.at("2026-03-20T00:00:00Z")

    private static func day(_ number: Int) -> UTCTime {
        UTCTime(milliseconds: start.milliseconds + Int64(number) * UTCTime.millisecondsPerDay)
    }

    /// Bundles of one key, one behind the other.
    private final class Camera {
        let key: SigningKey
        let device: String
        private let folder: TemporaryFolder
        private var count = 0

        init(_ device: String = "cam", key: SigningKey = SigningKey()) throws {
            self.device = device
            self.key = key
            folder = try TemporaryFolder()
        }

        /// A bundle of one drive, signed as `signing` says.
        func bundle(
            _ pictures: UInt64, signed: Bool = true, number: Int64? = nil, behind previous: String? = nil
        ) throws -> String {
            count += 1
            let (source, made) = ("\(folder.path)/source-\(count)", "\(folder.path)/bundle-\(count)")
            try TestUpload.drive(
                "x", "x", pictures: pictures, count: 2, captured: DeviceTests.start,
                received: DeviceTests.start
            ).write(to: source)
            let signing = BundleSigning(
                key: key, device: device, sequence: number, previous: previous.map { .bundle($0) })
            _ = try BundleMaking.create(made, of: source, device: device, signing: signed ? signing : nil)
            return made
        }
    }

    private func delivery(_ path: String, of contributor: String = "ada", day: Int) throws -> Delivery {
        try Deliveries.single(path, of: ContributorID(contributor)).received(Self.day(day))
    }

    private func register(
        _ workspace: TestWorkspace, _ camera: Camera, _ contributor: String = "ada", day: Int = 0
    ) throws {
        let registration = DeviceRegistration(try workspace.open())
        let isNew = try registration.register(
            camera.device, key: camera.key.verifyingKey(), contributor: ContributorID(contributor),
            at: Self.day(day))
        #expect(isNew)
    }

    /// What became of the deliveries: their formats, or the codes of the reasons.
    private func outcomes(_ workspace: TestWorkspace, _ deliveries: [Delivery]) async throws -> [String] {
        try await workspace.ingest(deliveries, asOf: Self.end).outcomes.map { outcome in
            switch outcome.kind {
            case .ingested(_, let format): format
            case .repeated: "repeated"
            case .known: "known"
            case .quarantined(let record): record.code
            case .deferred(let why): why
            }
        }
    }

    @Test func whoseSignatureCounts() async throws {
        let workspace = try TestWorkspace()
        let (camera, thief) = (try Camera(), try Camera())
        let stranger = try Camera("stranger")
        try register(workspace, camera, day: 2)
        let first = try camera.bundle(10)
        let deliveries = [
            try delivery(try camera.bundle(20, signed: false), day: 1),
            try delivery(first, day: 3),
            try delivery(try camera.bundle(30, signed: false), day: 3),
            try delivery(try thief.bundle(40), day: 3),
            try delivery(try camera.bundle(50, behind: first), of: "mallory", day: 3),
            try delivery(try stranger.bundle(60), day: 3),
            try delivery(try stranger.bundle(70, signed: false), day: 3),
        ]
        let expected = [
            "bundle", "bundle", "bundle.signature_stripped", "bundle.key_unknown", "bundle.other_contributor",
            "bundle", "bundle",
        ]
        #expect(try await outcomes(workspace, deliveries) == expected)
        // The key under another name.
        let renamed = try Camera("another", key: camera.key)
        #expect(
            try await outcomes(workspace, [delivery(renamed.bundle(80), day: 4)]) == ["bundle.key_unknown"])
        try workspace.expectSound()
    }

    @Test func aRevokedKey() async throws {
        let workspace = try TestWorkspace()
        let camera = try Camera()
        try register(workspace, camera)
        let first = try camera.bundle(10)
        let second = try camera.bundle(20, behind: first)
        let key = try DeviceRegistration(try workspace.open()).revoke("cam", at: Self.day(5))
        #expect(key.contributor == "ada")
        let deliveries = [
            try delivery(first, day: 4), try delivery(second, day: 5),
            try delivery(try camera.bundle(30, signed: false), day: 6),
        ]
        #expect(
            try await outcomes(workspace, deliveries)
                == ["bundle", "bundle.key_revoked", "bundle.signature_stripped"])
        // A new key is a new chain.
        let next = try Camera()
        try register(workspace, next, day: 7)
        #expect(try await outcomes(workspace, [delivery(next.bundle(40), day: 8)]) == ["bundle"])
        #expect(throws: DeviceError.self) { try register(workspace, next, "ben", day: 9) }
        #expect(throws: DeviceError.noKey("nobody")) {
            try DeviceRegistration(workspace.open()).revoke("nobody", at: Self.day(9))
        }
        #expect(throws: DeviceError.badName("a\u{1B}")) {
            try DeviceRegistration(workspace.open()).register(
                "a\u{1B}", key: next.key.verifyingKey(), contributor: ContributorID("ada"), at: Self.day(9))
        }
    }

    /// What was read without a key is never judged by it afterwards.
    @Test func changesDoNotReachBack() async throws {
        let workspace = try TestWorkspace()
        let camera = try Camera()
        #expect(
            try await outcomes(workspace, [delivery(camera.bundle(10, signed: false), day: 3)]) == ["bundle"])
        #expect(throws: DeviceError.self) { try register(workspace, camera, day: 3) }
        try register(workspace, camera, day: 4)
        #expect(try await outcomes(workspace, [delivery(camera.bundle(20), day: 6)]) == ["bundle"])
        #expect(throws: DeviceError.self) {
            try DeviceRegistration(workspace.open()).revoke("cam", at: Self.day(6))
        }
        #expect(throws: DeviceError.tooEarly("registered", Self.day(4))) {
            try DeviceRegistration(workspace.open()).revoke("cam", at: Self.day(3))
        }
        _ = try DeviceRegistration(workspace.open()).revoke("cam", at: Self.day(7))
    }

    /// The same set in any order of one run: the same outcomes, the ones received first being in.
    @Test(arguments: Array(1...3) as [UInt64])
    func chainsWithinARun(seed: UInt64) async throws {
        let camera = try Camera()
        let one = try camera.bundle(10)
        let two = try camera.bundle(20, behind: one)
        let fork = try camera.bundle(30, behind: one)
        let behindFork = try camera.bundle(40, behind: fork)
        let three = try camera.bundle(50, behind: two)
        let five = try camera.bundle(60, number: 5, behind: three)
        let cases = [
            (try delivery(one, day: 1), "bundle"), (try delivery(two, day: 2), "bundle"),
            (try delivery(fork, day: 3), "bundle.forked"),
            (try delivery(behindFork, day: 4), "bundle.out_of_order"),
            (try delivery(three, day: 5), "bundle"),
            // Its number says that one is missing, which may still come.
            (try delivery(five, day: 6), "bundle"),
            // Delivered twice: one upload.
            (try delivery(one, day: 7), "repeated"),
        ]
        var random = SplitMix64(seed: seed)
        let workspace = try TestWorkspace()
        try register(workspace, camera)
        let shuffled = cases.shuffled(using: &random)
        #expect(try await outcomes(workspace, shuffled.map(\.0)) == shuffled.map(\.1), "seed \(seed)")
        let chain = try workspace.open().catalog.chain(of: camera.key.verifyingKey())
        #expect(chain.map(\.sequence) == [1, 2, 3, 5])
        let findings = DeviceChain.findings(chain)
        #expect(findings.map(\.fault) == [.gap] && findings[0].link.sequence == 5)
        try workspace.expectSound()
    }

    /// A bundle that its next owner delivers once more.
    @Test func soldWithItsBundles() async throws {
        let workspace = try TestWorkspace()
        let camera = try Camera()
        try register(workspace, camera)
        let one = try camera.bundle(10)
        let two = try camera.bundle(20, behind: one)
        #expect(try await outcomes(workspace, [delivery(one, day: 1)]) == ["bundle"])
        _ = try DeviceRegistration(workspace.open()).revoke("cam", at: Self.day(2))
        try register(workspace, camera, "ben", day: 2)
        let deliveries = [try delivery(one, of: "ben", day: 3), try delivery(two, of: "ben", day: 4)]
        #expect(try await outcomes(workspace, deliveries) == ["bundle.replayed", "bundle"])
    }

    /// Read in a later run, though received first: both are in, and the one received later is shown.
    @Test func lateNews() async throws {
        let workspace = try TestWorkspace()
        let camera = try Camera()
        try register(workspace, camera)
        let one = try camera.bundle(10)
        let fork = try camera.bundle(20)
        #expect(try await outcomes(workspace, [delivery(fork, day: 2)]) == ["bundle"])
        #expect(try await outcomes(workspace, [delivery(one, day: 1)]) == ["bundle"])
        let findings = DeviceChain.findings(
            try workspace.open().catalog.chain(of: camera.key.verifyingKey()))
        #expect(findings.map(\.fault) == [.forked])
        #expect(findings.first?.link.receivedAt == Self.day(2))
        #expect(findings.first?.other?.receivedAt == Self.day(1))
    }

    @Test func faultsBetweenTwo() throws {
        let key = try SigningKey().verifyingKey()
        func link(_ number: Int64, _ text: String, behind previous: String?, day: Int) throws -> ChainLink {
            let signer = try #require(
                BundleStatement.Signer(
                    device: "cam", key: key, sequence: number, previous: previous.map { .of($0) }))
            return ChainLink(
                upload: "\(text)-\(day)", contributor: "ada", receivedAt: Self.day(day),
                signed: SignedStatement(signer: signer, hash: .of(text)))
        }
        let two = try link(2, "two", behind: "one", day: 5)
        for (other, fault) in [
            (try link(1, "one", behind: nil, day: 1), nil),
            (try link(1, "other", behind: nil, day: 1), .outOfOrder),
            (try link(2, "two", behind: "one", day: 1), .replayed),
            (try link(2, "b", behind: "one", day: 1), .forked),
            (try link(3, "three", behind: "two", day: 1), nil),
            (try link(3, "c", behind: "d", day: 1), .outOfOrder),
            (try link(4, "e", behind: "f", day: 1), nil), (try link(2, "b", behind: "one", day: 6), nil),
        ] as [(ChainLink, ChainFault?)] {
            #expect(DeviceChain.conflict(of: two, beside: [other])?.fault == fault, "\(other.upload)")
        }
    }
}
