import Geo

/// A place as somebody types it.
enum Place {
    /// The position of `LATITUDE,LONGITUDE`, or the middle of a geohash.
    static func position(_ text: String) -> Coordinate? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        if parts.count == 2, let latitude = Double(parts[0]), let longitude = Double(parts[1]) {
            return Coordinate(latitude: latitude, longitude: longitude)
        }
        guard let bounds = Geohash(text)?.boundsE7 else { return nil }
        return Coordinate(
            latitudeE7: (bounds.south + bounds.north) / 2, longitudeE7: (bounds.west + bounds.east) / 2)
    }
}
