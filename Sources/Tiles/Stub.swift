import Geo
import Canonical
public struct LeafDrive { public let hash: UInt64; public let contributor: UInt64; public let frames: [LeafFrame]
 public init(hash: UInt64, contributor: UInt64, frames: [LeafFrame]) { self.hash = hash; self.contributor = contributor; self.frames = frames } }
public struct SquareExtent { public let west, north, east, south: UInt32 }
extension TileSummary { public init(leaf: [LeafDrive]) { self.init(frames: leaf.flatMap(\.frames)) }
 public var extent: SquareExtent? { nil } }
extension MapBounds { public init(around extent: SquareExtent) { self = .world } }
