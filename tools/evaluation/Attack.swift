/// A way to deliver somebody else's picture as one's own.
struct Attack {
    /// Its name in the tables.
    let name: String
    /// The least share of copies that has to be found, permille; nil where none is promised.
    let minRecall: Int?
    /// JPEG quality of the copy.
    var quality = 85
    /// What is done to the picture before it is encoded.
    let change: @Sendable (Raster) -> Raster

    /// The attacked copy of `picture`, as a file.
    func copy(of picture: Raster) throws -> [UInt8] {
        try change(picture).encoded(quality: quality)
    }

    /// All attacks, in the order of the tables.
    static let all: [Attack] =
        [90, 70, 50, 30, 20].map { quality in
            Attack(name: "re-encoded, quality \(quality)", minRecall: 1000, quality: quality) { $0 }
        } + [
            Attack(name: "resized to 75 %", minRecall: 1000) { $0.resized(permille: 750) },
            Attack(name: "resized to 50 %", minRecall: 1000) { $0.resized(permille: 500) },
            Attack(name: "brightness x 0.7", minRecall: 1000) { $0.brightened(permille: 700) },
            Attack(name: "brightness x 1.3", minRecall: 1000) { $0.brightened(permille: 1300) },
            Attack(name: "blurred, radius 2", minRecall: 1000) { $0.blurred(radius: 2) },
            Attack(name: "blurred, radius 4", minRecall: 1000) { $0.blurred(radius: 4) },
            crop(10, minRecall: 1000), crop(20, minRecall: 950), crop(50, minRecall: nil),
            Attack(name: "2 % cropped on the left and at the top", minRecall: nil) {
                $0.cropped(left: 20, top: 20, right: 0, bottom: 0)
            },
            Attack(name: "mirrored", minRecall: 950) { $0.mirrored() },
            Attack(name: "mirrored, 2 % cropped on every side", minRecall: nil) {
                $0.mirrored().cropped(left: 20, top: 20, right: 20, bottom: 20)
            },
            Attack(name: "text along the lower edge", minRecall: nil) { Caption.burnt(into: $0) },
            // Sine and cosine of 2 degrees times 2^16.
            Attack(name: "rotated by 2 degrees", minRecall: nil) { $0.rotated(sine: 2287, cosine: 65_496) },
        ]

    private static func crop(_ permille: Int, minRecall: Int?) -> Attack {
        Attack(name: "\(permille / 10) % cropped on every side", minRecall: minRecall) {
            $0.cropped(left: permille, top: permille, right: permille, bottom: permille)
        }
    }
}
