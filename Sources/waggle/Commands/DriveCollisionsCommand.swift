import ArgumentParser
import Canonical
import Rewards
import Stages
import Store
import Workspace

/// `waggle drive collisions`.
struct DriveCollisionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collisions",
        abstract: "List the drives that cannot both be honest, or not both be new.",
        discussion: """
            Looks at the traces of all drives, whoever delivered them and when:

              two_places  one account, or one camera, was in two places at one time
              one_car     two drives were at the same places at the same times: two cameras in one car, or one drive delivered \
            twice
              replayed    the same way with the same stops at another time, noise or not

            Of each pair the drive that was received first is named first. No verdict follows by itself: an account may be \
            that of a fleet, and the same frames are found as duplicates anyway. 'waggle takedown drive' takes a drive off the \
            map and out of the rewards.

            EXAMPLES:
              waggle drive collisions
              waggle drive collisions --json
            """)

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let workspace = try workspace.open(for: .reading)
        let found = try DriveCollisions.found(in: workspace)
        let output = options.output
        if found.isEmpty {
            output.line("No two drives collide.")
        } else {
            output.table(
                ["kind", "first", "later", "moments", "share", "median distance", "delay"],
                found.map { collision in
                    [
                        collision.kind.rawValue, collision.earlier, collision.later,
                        String(collision.moments), Quantity.text(collision.share, "permille"),
                        Quantity.text(collision.distance, "mm"),
                        collision.delay == 0 ? "" : Quantity.text(collision.delay, "ms"),
                    ]
                })
        }
        for collision in found {
            output.record("collision", CollisionStory.members(collision))
        }
        output.summary(["collisions": .integer(found.count)])
    }
}
