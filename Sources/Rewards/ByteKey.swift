import Canonical
import Stages

/// An id as a key of sets and dictionaries, by its bytes: ids that `String` holds equal because their
/// characters are canonically equivalent stay two.
struct ByteKey: Hashable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: ByteKey, right: ByteKey) -> Bool { left.text.hasSameBytes(as: right.text) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension Array {
    /// The place of the element whose `text` has the bytes of `other`; nil where there is none. The texts ascend by their bytes.
    func place(of other: String, by text: (Element) -> String) -> Int? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if text(self[middle]).precedes(other) { low = middle + 1 } else { high = middle }
        }
        return low < count && text(self[low]).hasSameBytes(as: other) ? low : nil
    }
}
