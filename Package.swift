// swift-tools-version: 6.1
import PackageDescription

/// Every target of ours is compiled in the Swift 6 language mode with the same upcoming features.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
    .enableUpcomingFeature("ExistentialAny"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
    .enableUpcomingFeature("MemberImportVisibility"),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

/// Tests of one target, in the folder that mirrors its own.
func tests(_ target: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(target)Tests", dependencies: [.byName(name: target)] + dependencies,
        exclude: ["FuzzTargets": ["Corpus"], "HostileInputs": ["outcomes.jsonl"]][target] ?? [],
        swiftSettings: settings)
}

let package = Package(
    name: "waggle",
    products: [.executable(name: "waggle", targets: ["waggle"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // The house, top down: a target imports only what stands below it. See ARCHITECTURE.md.
        .executableTarget(
            name: "waggle",
            dependencies: [
                "Workspace", "Store", "Rewards", "Tiles", "Stages", "Imaging", "Geo", "Canonical", "CLinux",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .target(
            name: "Workspace",
            dependencies: [
                "Store", "Rewards", "Tiles", "Stages", "DriveFormats", "Imaging", "Geo", "Canonical",
            ],
            swiftSettings: settings),
        .target(
            name: "Store",
            dependencies: [
                "Rewards", "Tiles", "Stages", "DriveFormats", "Imaging", "Geo", "Canonical", "CLinux",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .target(
            name: "Rewards", dependencies: ["Stages", "Imaging", "Geo", "Canonical"], swiftSettings: settings),
        .target(
            name: "Tiles",
            dependencies: [
                "Imaging", "Geo", "Canonical", "CDeflate", "CZlib",
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .target(
            name: "Stages", dependencies: ["DriveFormats", "Imaging", "Geo", "Canonical"],
            swiftSettings: settings),
        .target(name: "DriveFormats", dependencies: ["Geo", "Canonical"], swiftSettings: settings),
        .target(name: "Imaging", dependencies: ["CImageCodecs"], swiftSettings: settings),
        .target(name: "Geo", swiftSettings: settings),
        .target(name: "Canonical", dependencies: [crypto], swiftSettings: settings),
        .target(
            name: "CImageCodecs", linkerSettings: [.linkedLibrary("jpeg"), .linkedLibrary("png16")]),
        .target(name: "CLinux"),
        // Tools that are built with the house but are not part of it.
        .executableTarget(
            name: "make-sample-drives", dependencies: ["Imaging", "Canonical"],
            path: "tools/make-sample-drives",
            swiftSettings: settings),
        .executableTarget(
            name: "waggle-bench",
            dependencies: [
                "Store", "Rewards", "Stages", "DriveFormats", "Imaging", "Geo", "Canonical", "SeededNumbers",
                "HostileInputs",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            path: "tools/benchmarks", swiftSettings: settings),
        .executableTarget(
            name: "waggle-evaluate",
            dependencies: [
                "Store", "Rewards", "Stages", "DriveFormats", "Imaging", "Geo", "Canonical", "ForgedTraces",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "tools/evaluation", swiftSettings: settings),
        // Traces that nobody drove: what the tests and tools/evaluate look for.
        .target(
            name: "ForgedTraces", dependencies: ["DriveFormats", "Canonical", "SeededNumbers"],
            path: "tools/forged-traces", swiftSettings: settings),
        // What tools/fuzz/run feeds, and the tests replay.
        .target(
            name: "FuzzTargets",
            dependencies: ["Rewards", "Tiles", "DriveFormats", "Imaging", "Geo", "Canonical"],
            path: "tools/fuzz/Targets", swiftSettings: settings),
        tests("FuzzTargets"),
        // Files made to hurt the readers: what the tests read, the benchmark times, and the program writes to a folder.
        .target(
            name: "HostileInputs", dependencies: ["DriveFormats", "Imaging", "Canonical", "SeededNumbers"],
            path: "tools/make-hostile-inputs/Inputs", swiftSettings: settings),
        .executableTarget(
            name: "make-hostile-inputs", dependencies: ["HostileInputs"],
            path: "tools/make-hostile-inputs/Program",
            swiftSettings: settings),
        .executableTarget(
            name: "print-readings", dependencies: ["HostileInputs", "DriveFormats", "Imaging", "Canonical"],
            path: "tools/print-readings", swiftSettings: settings),
        .executableTarget(
            name: "print-canonical", dependencies: ["Canonical"], path: "tools/print-canonical",
            swiftSettings: settings),
        tests("HostileInputs", ["Store", "DriveFormats", "TestSupport"]),
        .systemLibrary(
            name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // Seeded random numbers for the property tests.
        .target(name: "SeededNumbers", path: "Tests/SeededNumbers", swiftSettings: settings),
        tests("Canonical", ["SeededNumbers"]),
        tests("Geo", ["SeededNumbers"]),
        tests("Imaging", ["SeededNumbers"]),
        tests("DriveFormats", ["Imaging", "Canonical"]),
        tests("Stages", ["DriveFormats", "Imaging", "Geo", "Canonical", "SeededNumbers", "ForgedTraces"]),
        tests(
            "Tiles",
            [
                "Imaging", "Geo", "Canonical", "CZlib", "TestSupport",
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        tests("Rewards", ["Stages", "Geo", "Canonical", "SeededNumbers"]),
        tests(
            "Store",
            [
                "Rewards", "DriveFormats", "Tiles", "Stages", "Imaging", "Geo", "Canonical", "TestSupport",
                "SeededNumbers",
            ]),
        tests(
            "Workspace",
            [
                "Store", "Rewards", "Tiles", "Stages", "DriveFormats", "Geo", "Canonical", "TestSupport",
                "SeededNumbers",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        // Golden runs through the real program, which must be built by then.
        .testTarget(
            name: "WaggleTests",
            dependencies: [
                "waggle", "Imaging", "Canonical", "HostileInputs", "TestSupport", "SeededNumbers",
            ],
            swiftSettings: settings),
        .target(
            name: "TestSupport", dependencies: ["Tiles", "Imaging", "Canonical", "SeededNumbers"],
            path: "Tests/TestSupport",
            swiftSettings: settings),
    ]
)

// Only links with libFuzzer, which tools/fuzz/run asks for.
if Context.environment["WAGGLE_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "waggle-fuzz", dependencies: ["FuzzTargets"], path: "tools/fuzz/Driver",
            swiftSettings: settings))
}
