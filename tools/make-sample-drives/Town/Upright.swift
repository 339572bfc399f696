/// A thin thing that looks the same from everywhere: a tree, or a board on a post.
struct Upright: Sendable {
    enum Kind: Sendable {
        case tree(trunk: Float, width: Float, height: Float, Crown)
        /// A board of this size whose middle is `at` metres up; the post goes on to `top`.
        case post(top: Float, board: Board, width: Float, height: Float, at: Float)
        /// A street lamp with an arm towards `reach`.
        case lamp(top: Float, reach: SIMD2<Float>)
    }

    var place: SIMD2<Float>
    var kind: Kind

    /// Its faces as seen from `eye`.
    func faces(seenFrom eye: SIMD2<Float>) -> [Face] {
        let sight = place - eye
        let distance = max(0.1, (sight * sight).sum().squareRoot())
        let across = SIMD2(sight.y, -sight.x) / distance
        func panel(_ middle: SIMD2<Float>, _ width: Float, _ base: Float, _ height: Float, _ surface: Surface)
            -> Face
        {
            Face.wall(
                from: middle - across * (width / 2), to: middle + across * (width / 2), base: base,
                height: height,
                surface)
        }
        // Boards and crowns stand a hand's breadth before their posts.
        let front = place - sight / distance * 0.15
        switch kind {
        case .tree(let trunk, let width, let height, let crown):
            let stem: Float = crown.outline == .bare ? 0.24 : 0.34
            return [
                panel(place, stem, 0, trunk + height * 0.5, .plain(Colour(0.14, 0.10, 0.07))),
                panel(front, width, trunk, height, .crown(crown)),
            ]
        case .post(let top, let board, let width, let height, let at):
            return [
                panel(place, 0.11, 0, top, .plain(Colour(grey: 0.3))),
                panel(front, width, at - height / 2, height, .board(board)),
            ]
        case .lamp(let top, let reach):
            let head = place + reach
            let lamp = Board(kind: .lamp, colour: Colour(grey: 0.5), seed: 0)
            return [
                panel(place, 0.16, 0, top, .plain(Colour(0.16, 0.22, 0.2))),
                Face.wall(
                    from: place, to: head, base: top - 0.12, height: 0.12, .plain(Colour(0.16, 0.22, 0.2))),
                panel(head, 0.7, top - 0.3, 0.22, .board(lamp)),
            ]
        }
    }

    /// A tree at random.
    static func tree(at place: SIMD2<Float>, _ chance: inout SplitMix64) -> Upright {
        let crown = Crown.random(&chance)
        let size = chance.number(Float(0.7)...1.35)
        return switch crown.outline {
        case .round:
            Upright(
                place: place, kind: .tree(trunk: 2.1 * size, width: 4.6 * size, height: 4.2 * size, crown))
        case .cone:
            Upright(place: place, kind: .tree(trunk: 0.5, width: 3.4 * size, height: 8 * size, crown))
        case .poplar:
            Upright(place: place, kind: .tree(trunk: 1.2, width: 2.4 * size, height: 10 * size, crown))
        case .bare:
            Upright(place: place, kind: .tree(trunk: 1.8 * size, width: 5 * size, height: 6 * size, crown))
        }
    }

    /// A sign or poster at random.
    static func sign(at place: SIMD2<Float>, _ chance: inout SplitMix64) -> Upright {
        let board = Board.random(&chance)
        return switch board.kind {
        case .poster:
            Upright(place: place, kind: .post(top: 2.2, board: board, width: 1.5, height: 2.2, at: 2.0))
        case .streetName:
            Upright(place: place, kind: .post(top: 3, board: board, width: 1.3, height: 0.3, at: 2.8))
        default:
            Upright(place: place, kind: .post(top: 2.8, board: board, width: 0.85, height: 0.85, at: 2.6))
        }
    }
}
