import Store

/// Keeps the index of stored pictures: files in the order of every band, made of frames that no file has, and merged when there
/// are many of one size, so that a frame is written anew only as often as the number of frames has grown fourfold.
///
/// The index decides only what is compared, never what comes of it: it may hold a frame twice, or one that has no hashes
/// any more. It is made again where a file is gone or damaged. A file is durable before the catalog names it, and is
/// removed only after the catalog has forgotten it.
struct PictureIndexing {
    /// From where on what is done.
    struct Sizes {
        /// So many frames that no file has are not worth a file yet.
        var smallestFile = 32_768
        /// The most frames of a file that is made of frames: what is in memory then.
        var mostAtOnce = 65_536
        /// So many files of one size are merged, each of which is at most so many times as large as another.
        var growth = 4
        /// The most files that are merged at a time.
        var mostMerged = 32
    }

    private let catalog: Catalog
    private let store: PictureRunStore
    private let sizes: Sizes

    init(_ workspace: Workspace, sizes: Sizes = Sizes()) {
        catalog = workspace.catalog
        store = PictureRunStore(root: workspace.layout.pictures)
        self.sizes = sizes
    }

    /// All files, to be searched.
    ///
    /// - Throws: ``PictureRunDamage``
    func open() throws -> [PictureRun] {
        try catalog.pictureRuns().map { try store.open($0) }
    }

    /// Brings the index up to date. What it did is kept if it is killed.
    func update() throws {
        try store.removeAll(but: catalog.pictureRuns())
        if try catalog.hasUnindexedPictures(atLeast: sizes.smallestFile) { try index() }
        try merge()
    }

    /// Begins anew, with no file at all.
    func forget() throws {
        try catalog.forgetPictureRuns()
    }

    private func index() throws {
        while true {
            let (hashes, end) = try catalog.unindexedPictures(after: .min, limit: sizes.mostAtOnce)
            guard let end else { return }
            let table = PictureTable(ids: hashes.ids, pdq: hashes.pdq, variants: hashes.variants)
            let run = try store.write(table, as: catalog.nextPictureRun())
            try catalog.add(run, indexed: Int64.min...end)
        }
    }

    private func merge() throws {
        while true {
            let runs = try catalog.pictureRuns().filter {
                $0.frames <= PictureRunRecord.mostFrames / sizes.mostMerged
            }
            let ofSize = Dictionary(grouping: runs) { size(of: $0) }
            guard let least = ofSize.keys.sorted().first(where: { (ofSize[$0] ?? []).count >= sizes.growth }),
                let alike = ofSize[least]?.prefix(sizes.mostMerged)
            else { return }
            let merged = try store.merge(alike.map { try store.open($0) }, as: catalog.nextPictureRun())
            try catalog.add(merged, merged: Array(alike))
            try store.removeAll(but: catalog.pictureRuns())
        }
    }

    /// How often the smallest file must grow to be as large as `run`.
    private func size(of run: PictureRunRecord) -> Int {
        var (size, frames) = (0, sizes.smallestFile)
        while frames <= run.frames / sizes.growth {
            frames *= sizes.growth
            size += 1
        }
        return size
    }
}
