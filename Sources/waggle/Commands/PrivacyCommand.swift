import ArgumentParser
import Canonical
import Geo
import Stages
import Store
import Workspace

/// `waggle privacy`: what contributors keep to themselves.
struct PrivacyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy",
        abstract: "Say what contributors keep to themselves: places, and the ends of drives.",
        discussion: """
            A frame in a private zone, or too near to where its drive began or ended, is refused by the rule \
            'privacy.zone' or 'privacy.trim' when it is ingested. Neither its position, its time, its file's name, its \
            hash nor a copy is stored, and the trace is stored without that part. It earns nothing.

            That holds for uploads that are ingested from then on. What was delivered before is taken away by \
            'waggle takedown'.

            EXAMPLES:
              waggle privacy add ada --circle 48.2182,11.0429,150
              waggle privacy add ada --polygon "48.21,11.04 48.22,11.04 48.22,11.05"
              waggle privacy trim ada 200
              waggle privacy list
              waggle privacy drop ada 1
            """,
        subcommands: [
            PrivacyAddCommand.self, PrivacyTrimCommand.self, PrivacyDropCommand.self, PrivacyListCommand.self,
        ])
}

/// `waggle privacy add`.
struct PrivacyAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a private zone of a contributor.")

    @Argument(help: "The contributor.") var contributor: String

    @Option(help: ArgumentHelp("A circle on the ground, its radius in metres.", valueName: "lat,lon,metres"))
    var circle: String?

    @Option(help: ArgumentHelp("The corners of a polygon, 3 to 1,000.", valueName: "lat,lon lat,lon ..."))
    var polygon: String?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let id = try ContributorID(contributor).text
        let zone = try zone()
        let catalog = try workspace.open(for: .changing).catalog
        var rules = try catalog.privacy(of: id)
        guard rules.zones.count < PrivacyRules.maxZones else {
            throw ValidationError("\(id) has \(rules.zones.count) zones, which is the most there may be")
        }
        if !rules.zones.contains(zone) { rules.zones.append(zone) }
        try catalog.setPrivacy(rules, of: id)
        let before = try catalog.framesShown(of: id, in: zone)
        options.output.line("Frames of \(id) in \(zone.text) are refused from now on.")
        if before > 0 {
            options.output.warn(
                "waggle: \(before) frames of \(id) from before lie in it and stay; 'waggle takedown --help' says how to "
                    + "take them away")
        }
        options.output.summary([
            "contributor": .string(id), "zones": .integer(rules.zones.count),
            "frames_before": .integer(before),
        ])
    }

    private func zone() throws -> PrivateZone {
        switch (circle, polygon) {
        case (let circle?, nil):
            let parts = circle.split(separator: ",", omittingEmptySubsequences: false)
            guard parts.count == 3, let metres = Int64(parts[2]), PrivateZone.radii.contains(metres),
                let center = Place.position(parts[0...1].joined(separator: ","))
            else {
                throw ValidationError(
                    "--circle '\(circle)': a latitude, a longitude and \(PrivateZone.radii.lowerBound) to "
                        + "\(PrivateZone.radii.upperBound) metres, as 48.2182,11.0429,150")
            }
            return .circle(center: center, radius: metres * 1000)
        case (nil, let polygon?):
            let texts = polygon.split(separator: " ")
            let corners = texts.compactMap { Place.position(String($0)) }
            guard corners.count == texts.count, PrivateZone.corners.contains(corners.count) else {
                throw ValidationError(
                    "--polygon '\(polygon)': \(PrivateZone.corners.lowerBound) to \(PrivateZone.corners.upperBound) "
                        + "corners, as \"48.21,11.04 48.22,11.04 48.22,11.05\"")
            }
            return .polygon(corners)
        default: throw ValidationError("give one zone, --circle or --polygon")
        }
    }
}

/// `waggle privacy trim`.
struct PrivacyTrimCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trim", abstract: "Keep the first and last metres of every drive of a contributor back.")

    @Argument(help: "The contributor.") var contributor: String
    @Argument(
        help:
            "Metres from where a drive began, and from where it ended; 0 trims nothing, whatever the ruleset says."
    )
    var metres: Int64

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        guard PrivacyRules.trims.contains(metres) else {
            throw ValidationError(
                "\(metres) metres: from \(PrivacyRules.trims.lowerBound) to \(PrivacyRules.trims.upperBound)")
        }
    }

    func run() throws {
        let id = try ContributorID(contributor).text
        let catalog = try workspace.open(for: .changing).catalog
        var rules = try catalog.privacy(of: id)
        rules.trim = metres * 1000
        try catalog.setPrivacy(rules, of: id)
        options.output.line(
            metres == 0
                ? "Drives of \(id) are not trimmed."
                : "Frames of \(id) within \(metres) m of where a drive began or ended are refused from now on."
        )
        options.output.summary(["contributor": .string(id), "trim_m": .integer(metres)])
    }
}

/// `waggle privacy drop`.
struct PrivacyDropCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop", abstract: "Drop a private zone.",
        discussion:
            "Frames that were refused because of it stay refused; deliver them again to have them read anew.")

    @Argument(help: "The contributor.") var contributor: String
    @Argument(help: "The number of the zone, as 'waggle privacy list' gives it.") var number: Int

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let id = try ContributorID(contributor).text
        let catalog = try workspace.open(for: .changing).catalog
        var rules = try catalog.privacy(of: id)
        guard rules.zones.indices.contains(number - 1) else {
            throw ValidationError(
                "\(id) has no zone \(number); 'waggle privacy list' numbers those there are")
        }
        let zone = rules.zones.remove(at: number - 1)
        try catalog.setPrivacy(rules, of: id)
        options.output.line("Dropped \(zone.text); \(rules.zones.count) zones are left.")
        options.output.summary(["contributor": .string(id), "zones": .integer(rules.zones.count)])
    }
}

/// `waggle privacy list`.
struct PrivacyListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what contributors keep to themselves.")

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let all = try workspace.open(for: .reading).catalog.privacy()
        if all.isEmpty {
            output.line("Nobody keeps anything to themselves.")
        } else {
            output.table(
                ["contributor", "number", "what"],
                all.flatMap { contributor, rules in
                    rules.zones.enumerated().map { [contributor, String($0.offset + 1), $0.element.text] }
                        + (rules.trim.map { [[contributor, "", "\($0 / 1000) m at both ends of drives"]] }
                            ?? [])
                })
        }
        for (contributor, rules) in all {
            output.record(
                "privacy",
                [
                    "contributor": .string(contributor),
                    "trim_m": rules.trim.map { .integer($0 / 1000) } ?? .null,
                    "zones": .array(rules.zones.map { .string($0.text) }),
                ])
        }
        output.summary(["contributors": .integer(all.count)])
    }
}

extension PrivateZone {
    /// The zone in words.
    fileprivate var text: String {
        switch self {
        case .circle(let center, let radius): "\(radius / 1000) m around \(center)"
        case .polygon(let corners): "polygon \(corners.map(\.description).joined(separator: " "))"
        }
    }
}
