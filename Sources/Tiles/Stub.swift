import Canonical
public enum RasterStyle: String, CaseIterable, Sendable { case coverage, freshness, quality
 public var explanation: String { "" } }
public struct RasterGrid { let s: TileSummary; public init(_ s: TileSummary, style: RasterStyle) { self.s = s }
 public var isEmpty: Bool { s.isEmpty }
 public var contentHash: ContentHash { RasterTile.contentHash(of: s) }
 public func png(side: Int) throws(TileError) -> [UInt8] { try RasterTile.png(of: s) } }
