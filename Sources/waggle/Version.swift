/// The version of this program.
enum Version {
    /// Semantic version (https://semver.org).
    static let text = "0.1.0"
}
