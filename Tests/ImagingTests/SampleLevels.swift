import Imaging

extension ImageLevels {
    /// Those of the standard ruleset.
    static let sample = ImageLevels(
        dark: 26, bright: 250, flatDeviation: 4, whiteMean: 225, whiteDeviation: 6, bloomMean: 140,
        bloomDeviation: 26)
}
