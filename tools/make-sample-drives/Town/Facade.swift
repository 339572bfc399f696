/// The looks of one building's walls.
struct Facade: Sendable {
    enum Texture: Sendable { case plaster, brick, boards, concrete }

    var texture: Texture
    var colour: Colour
    var trim: Colour
    /// Metres from floor to floor, and from window to window.
    var storey: Float
    var bay: Float
    /// The windows' shares of storey and bay.
    var windowHeight: Float
    var windowWidth: Float
    /// Windows with shutters have this colour beside them.
    var shutters: Colour?
    /// The ground floor of a shop: the colour of its sign.
    var shop: Colour?
    var seed: UInt32

    private static let colours: [Colour] = [
        [0.80, 0.78, 0.72], [0.70, 0.52, 0.30], [0.42, 0.17, 0.12], [0.62, 0.62, 0.60], [0.75, 0.60, 0.42],
        [0.30, 0.38, 0.42], [0.85, 0.72, 0.40], [0.52, 0.28, 0.20], [0.22, 0.20, 0.19], [0.55, 0.66, 0.58],
        [0.88, 0.86, 0.84], [0.36, 0.30, 0.24],
    ]

    /// Looks drawn at random.
    static func random(_ chance: inout SplitMix64) -> Facade {
        let texture: Texture = [.plaster, .plaster, .brick, .boards, .concrete][chance.index(5)]
        var colour = colours[chance.index(colours.count)]
        if texture == .brick { colour = Colour(0.45, 0.19, 0.13).mixed(colour, chance.number(0.0...0.35)) }
        let bright = colour.luma > 0.4
        return Facade(
            texture: texture, colour: colour,
            trim: bright ? Colour(grey: chance.number(0.12...0.35)) : Colour(grey: chance.number(0.6...0.85)),
            storey: chance.number(2.7...3.7), bay: chance.number(1.9...4.2),
            windowHeight: chance.number(0.4...0.62), windowWidth: chance.number(0.35...0.75),
            shutters: chance.chance(0.3) ? colours[chance.index(colours.count)] * 0.7 : nil,
            shop: chance.chance(0.35) ? signColour(&chance) : nil,
            seed: UInt32(truncatingIfNeeded: chance.next()))
    }

    /// A strong colour, as on signs and cars.
    static func signColour(_ chance: inout SplitMix64) -> Colour {
        let colours: [Colour] = [
            [0.65, 0.05, 0.06], [0.05, 0.16, 0.55], [0.05, 0.38, 0.14], [0.85, 0.62, 0.05],
            [0.80, 0.30, 0.04],
            [0.16, 0.04, 0.20], [0.08, 0.08, 0.09], [0.85, 0.85, 0.82],
        ]
        return colours[chance.index(colours.count)]
    }
}
