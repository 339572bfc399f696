import Store

/// The few of many equal pictures that can be somebody's original, however many there are.
///
/// A frame's original is the earliest equal one that is not of its own stop, and what was paid comes before what was not.
/// So of those paid, and of the others, the earliest is enough, and for frames of its stop the earliest of another one: where
/// these do not come before a frame, none does.
struct EarliestPictures {
    private var paid = Class()
    private var unpaid = Class()

    private struct Class {
        var first: CatalogPicture?
        /// The earliest that is not of the stop of `first`.
        var second: CatalogPicture?

        mutating func add(_ picture: CatalogPicture) {
            guard let known = first else {
                first = picture
                return
            }
            if picture.precedence < known.precedence {
                first = picture
                // What was the earliest of another stop may be of this one's.
                let others = [known, second].compactMap { $0 }.filter { !Self.isSameStop($0, picture) }
                second = others.min { $0.precedence < $1.precedence }
            } else if !Self.isSameStop(known, picture) {
                if let other = second, other.precedence <= picture.precedence { return }
                second = picture
            }
        }

        private static func isSameStop(_ left: CatalogPicture, _ right: CatalogPicture) -> Bool {
            left.stop != nil && left.stop == right.stop
        }
    }

    /// Adds one of the equal pictures.
    mutating func add(_ picture: CatalogPicture) {
        if picture.isPaid { paid.add(picture) } else { unpaid.add(picture) }
    }

    /// Those that can be an original.
    var all: [CatalogPicture] {
        [paid.first, paid.second, unpaid.first, unpaid.second].compactMap { $0 }
    }
}
