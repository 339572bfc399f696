import Geo

extension TileID {
    /// The tile written `zoom/column/row`, the form of its `description`; nil for anything else.
    public init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let zoom = Int(parts[0]), let column = Int(parts[1]), let row = Int(parts[2])
        else {
            return nil
        }
        self.init(zoom: zoom, column: column, row: row)
        // Signs and leading zeros are refused: a tile has one name.
        guard description == text else { return nil }
    }
}
