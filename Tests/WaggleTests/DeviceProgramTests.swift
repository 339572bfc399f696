import TestSupport
import Testing

/// Registered devices through the real program.
@Suite struct DeviceProgramTests {
    @Test func onlyWhatTheDeviceSigned() throws {
        let hive = try Hive()
        let path = hive.folder.path
        func run(_ words: [String], _ status: Int32, at day: Int = 10) throws -> Program.Result {
            let time = ["--as-of", "2026-03-\(day)T00:00:00Z", "--json", "--workspace", hive.path]
            return try Program.run(words + time, expecting: status)
        }
        func show(_ words: String...) throws -> Program.Result {
            try Program.run(words + ["--json", "--workspace", hive.path], expecting: 0)
        }
        for name in ["key", "other"] {
            try Program.run("bundle", "key", "-o", "\(path)/\(name)", expecting: 0)
        }
        for number in 1...3 {
            let source = "\(path)/source-\(number)"
            try TestUpload.drive(
                "x", "x", pictures: UInt64(number * 100), count: 2, captured: .at("2026-03-05T10:00:00Z"),
                received: .at("2026-03-05T12:00:00Z")
            ).write(to: source)
            let before = number == 1 ? [] : ["--previous", "\(path)/bundle-\(number - 1)"]
            try Program.run(
                ["bundle", "create", source, "-o", "\(path)/bundle-\(number)", "--device", "cam", "--key"]
                    + ["\(path)/key"] + before, expecting: 0)
        }
        #expect(try show("device", "list").summary()["devices"] as? Int == 0)
        let register = ["device", "register", "cam", "--contributor", "ada", "--key"]
        _ = try run(register + ["\(path)/key"], 12)
        _ = try run(register + ["\(path)/nowhere"], 1)
        #expect(try run(register + ["\(path)/key.pub"], 0).summary()["new"] as? Bool == true)
        #expect(try run(register + ["\(path)/key.pub"], 0).summary()["new"] as? Bool == false)
        _ = try run(register + ["\(path)/other.pub"], 64)

        let ingest = ["ingest", "--contributor", "ada"]
        _ = try run(ingest + ["\(path)/bundle-1", "\(path)/bundle-3"], 0, at: 11)
        let stripped = "\(path)/stripped"
        try Program.run(
            "bundle", "create", "\(path)/source-2", "-o", stripped, "--device", "cam", expecting: 0)
        let forged = "\(path)/forged"
        try Files.copy("\(path)/bundle-2", to: forged)
        try Program.run(
            "bundle", "sign", forged, "--key", "\(path)/other", "--previous", "\(path)/bundle-1",
            expecting: 64)
        try Program.run("bundle", "sign", forged, "--key", "\(path)/other", expecting: 0)
        let twin = "\(path)/twin"
        try Program.run(
            "bundle", "create", "\(path)/source-2", "-o", twin, "--device", "cam", "--key", "\(path)/key",
            expecting: 0)
        for (bundle, code) in [
            (stripped, "bundle.signature_stripped"), (forged, "bundle.key_unknown"), (twin, "bundle.forked"),
        ] {
            let record = try run(ingest + [bundle], 3, at: 12).records().first
            #expect(record?["code"] as? String == code, "\(bundle)")
        }
        let records = try show("device", "show", "cam").records()
        #expect(records.compactMap { $0["sequence"] as? Int } == [1, 3])
        #expect(records.compactMap { $0["code"] as? String } == ["bundle.gap"])
        _ = try run(ingest + ["\(path)/bundle-2"], 0, at: 12)
        #expect(try show("device", "show", "cam").summary()["findings"] as? Int == 0)

        _ = try run(["device", "revoke", "cam"], 64, at: 12)
        _ = try run(["device", "revoke", "cam"], 0, at: 13)
        #expect(try show("device", "list").records().first?["bundles"] as? Int == 3)
        try Program.run("device", "show", "other", "--workspace", hive.path, expecting: 64)
        try Program.run("device", "show", "cam", "--workspace", hive.path, expecting: 0)
        _ = try hive.check()
    }
}
