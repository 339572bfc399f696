extension TileFinding {
    /// What can be wrong with an archive. The raw values are published and stable.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The file cannot be read where it should be.
        case fileUnreadable = "file.unreadable"
        /// Bytes follow the last section.
        case fileTrailing = "file.trailing"

        /// The header is cut off, or that of another format or version: nothing else can be looked at.
        case headerUnreadable = "header.unreadable"
        /// A field of the header has a value that it cannot have.
        case headerValue = "header.value"

        /// A section reaches beyond the end of the file.
        case sectionOutside = "section.outside"
        /// Two sections share bytes.
        case sectionOverlap = "section.overlap"
        /// Bytes between two sections belong to neither.
        case sectionGap = "section.gap"
        /// The root directory does not end within the first 16 KiB of the file.
        case rootTooLarge = "section.root"

        /// A directory cannot be read: damaged, malformed or too large.
        case directoryUnreadable = "directory.unreadable"
        /// A leaf directory reaches out of the leaf directories' section.
        case directoryOutside = "directory.outside"
        /// A leaf directory holds tiles that its entry does not give it.
        case directoryRange = "directory.range"
        /// Leaf directories lie deeper than any writer puts them, or lead back to themselves.
        case directoryDepth = "directory.depth"
        /// There is more than one level of leaf directories, which is discouraged.
        case directoryNested = "directory.nested"
        /// The leaf directories do not fill their section, or lie over one another.
        case directoryLayout = "directory.layout"

        /// An entry's content reaches out of the tile data.
        case entryOutside = "entry.outside"
        /// The header says clustered, and a content does not follow those before it.
        case entryOrder = "entry.order"
        /// Two contents share bytes.
        case entryOverlap = "entry.overlap"
        /// Bytes of the tile data belong to no tile.
        case entryUnreferenced = "entry.unreferenced"

        /// The header counts the tiles wrongly.
        case countTiles = "count.tiles"
        /// The header counts the entries wrongly.
        case countEntries = "count.entries"
        /// The header counts the contents wrongly.
        case countContents = "count.contents"

        /// Tiles lie outside the header's zooms.
        case zoomNarrow = "zoom.narrow"
        /// The header's zooms go beyond those of the tiles.
        case zoomWide = "zoom.wide"

        /// The bounds are no part of the world.
        case boundsWorld = "bounds.world"
        /// The bounds' edges are the wrong way round.
        case boundsOrder = "bounds.order"
        /// The bounds have no area, which some readers refuse.
        case boundsEmpty = "bounds.empty"
        /// A tile lies outside the bounds, by more than the buffer of a tile explains.
        case boundsTile = "bounds.tile"
        /// The zoom to start at is none of the archive's.
        case centerZoom = "center.zoom"
        /// The place to start at lies outside the bounds.
        case centerOutside = "center.outside"

        /// The metadata is damaged, or no JSON object.
        case metadataUnreadable = "metadata.unreadable"
        /// The layers of vector tiles are not described. The format asks for it, but some converters leave it out,
        /// and readers get over it.
        case metadataLayers = "metadata.layers"
        /// A member is of another kind than it must be.
        case metadataMember = "metadata.member"
        /// The metadata does not describe a layer that tiles have.
        case layerUndescribed = "metadata.layer"
        /// The metadata does not describe an attribute that features have, or gives it another type.
        case fieldUndescribed = "metadata.field"
        /// A layer has tiles at zooms that the metadata does not give it.
        case layerZooms = "metadata.zooms"

        /// A tile's content cannot be inflated, or its checksum is wrong.
        case tileDamaged = "tile.damaged"
        /// A tile is not what the archive says its tiles are.
        case tileType = "tile.type"
        /// A tile or the archive as a whole asks for more than verification takes on; the rest was not looked at.
        case tileOverLimit = "tile.over_limit"
        /// Tiles are compressed in a way this program does not read.
        case tileUnsupported = "tile.unsupported"

        /// A vector tile's message is cut off or no Protocol Buffers message.
        case vectorMessage = "mvt.message"
        /// A layer lacks name or version, or has one it cannot have.
        case vectorLayer = "mvt.layer"
        /// A key or a value is malformed.
        case vectorValue = "mvt.value"
        /// A feature lacks type or geometry, or has one twice.
        case vectorFeature = "mvt.feature"
        /// A feature's tags point nowhere, or use a key twice.
        case vectorTags = "mvt.tags"
        /// A geometry's commands are not those of its type, or end too early.
        case vectorGeometry = "mvt.geometry"
        /// A LineTo goes nowhere.
        case vectorStep = "mvt.step"
        /// A ring's last point is its first.
        case vectorRing = "mvt.ring"
        /// An interior ring comes first.
        case vectorWinding = "mvt.winding"
        /// A ring has no area, which should not be.
        case vectorArea = "mvt.area"
        /// A feature of Waggle's layers reaches out of its tile.
        case vectorOutside = "mvt.outside"
        /// A layer has no features, or leaves out its extent.
        case vectorSparse = "mvt.sparse"
        /// A layer has keys or values twice, or ones that no feature uses.
        case vectorNames = "mvt.names"
        /// A layer has two features of one identifier.
        case vectorIdentifier = "mvt.id"

        /// A PNG tile is cut off, or a chunk is damaged or out of place.
        case pictureChunk = "png.chunk"
        /// A PNG tile's pixels cannot be decoded.
        case picturePixels = "png.pixels"
        /// A PNG tile is no square of 2^n pixels.
        case pictureSize = "png.size"

        /// The frames of a zoom are not those of the others.
        case conservation = "frames.conservation"

        /// A row of an MBTiles file is no tile.
        case rowInvalid = "row.invalid"
        /// Two rows of an MBTiles file are one tile.
        case rowTwice = "row.twice"
        /// The metadata of an MBTiles file lacks a row that should be there.
        case metadataRecommended = "metadata.recommended"

        /// The record cannot be read, or is not the one of this generation.
        case recordUnreadable = "record.unreadable"
        /// The record does not name the archive.
        case recordArchive = "record.archive"
        /// The record names a tile that the archive lacks.
        case recordMissing = "record.missing"
        /// The archive has a tile that the record does not name.
        case recordUnknown = "record.unknown"
        /// A tile has another hash or size than recorded.
        case recordTile = "record.tile"
        /// The bytes before the tile data are not those recorded.
        case recordHead = "record.head"
        /// The stored contents are not those recorded.
        case recordBlobs = "record.blobs"
        /// The file has another size than recorded.
        case recordSize = "record.size"

        /// Whether the archive breaks no rule: worth knowing, no reason to fail.
        public var isWarning: Bool {
            switch self {
            case .sectionGap, .directoryNested, .zoomWide, .boundsEmpty, .centerZoom, .centerOutside,
                .metadataLayers, .metadataRecommended, .fieldUndescribed,
                .layerZooms, .vectorArea, .vectorSparse, .vectorNames, .vectorIdentifier, .pictureSize:
                true
            default: false
            }
        }
    }
}
