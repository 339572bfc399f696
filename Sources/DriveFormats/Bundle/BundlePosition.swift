extension BundleStatement.Position {
    /// `fix` in integers; nil where it is no position that integers can say. A number beside the position that makes no
    /// sense counts as unknown, as it does for the stages behind.
    init?(_ fix: RawFix) {
        // Rounded as the stages behind would round them.
        guard let latitude = Self.scaled(fix.latitude, 1e7, .toNearestOrEven),
            let longitude = Self.scaled(fix.longitude, 1e7, .toNearestOrEven)
        else { return nil }
        let heading = fix.heading.flatMap { (0.0..<360.0).contains($0) ? Self.scaled($0, 100) : nil }
        self.init(
            latitudeE7: latitude, longitudeE7: longitude, heading: heading.map { $0 % 36_000 },
            horizontalError: Self.size(fix.horizontalError), hdop: Self.size(fix.hdop),
            speed: Self.size(fix.speed))
    }

    /// Thousandths of something that is 0 or more.
    private static func size(_ value: Double?) -> Int64? {
        value.flatMap { scaled($0, 1000) }.flatMap { $0 >= 0 ? $0 : nil }
    }

    private static func scaled(
        _ value: Double, _ factor: Double, _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero
    ) -> Int64? {
        let product = (value * factor).rounded(rule)
        guard product.isFinite, product.magnitude <= Double(BundleStatement.maxInteger) else { return nil }
        return Int64(product)
    }
}
