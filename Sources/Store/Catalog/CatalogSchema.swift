import GRDB

/// The tables of the catalog, migration by migration. A migration that has been released is never edited.
enum CatalogSchema {
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 uploads, drives, frames, tiles, epochs") { try $0.execute(sql: first) }
        return migrator
    }()

    /// Row numbers (`id`) depend on the order of ingestion and never leave the catalog; names do not and do.
    private static let first = """
        CREATE TABLE uploads (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,          -- first 16 digits of the hash of contributor and content
            content BLOB NOT NULL,              -- SHA-256 over the listing of all files
            contributor TEXT NOT NULL,
            received_at INTEGER NOT NULL,       -- ms since 1970
            format TEXT NOT NULL,
            source TEXT NOT NULL,               -- the folder's name as delivered
            kept INTEGER NOT NULL               -- whether copies of its frames are kept
        ) STRICT;
        CREATE TABLE sightings (                -- directories seen before, so that they need not be read again
            contributor TEXT NOT NULL,
            path TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            upload INTEGER REFERENCES uploads,  -- NULL where it went to quarantine
            PRIMARY KEY (contributor, path)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE drives (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,          -- upload name, '-', number
            upload INTEGER NOT NULL REFERENCES uploads,
            device TEXT,
            parts INTEGER NOT NULL,             -- parts the trace was cut into
            fixes INTEGER NOT NULL,
            refused INTEGER NOT NULL,           -- fixes that are no time or place
            outliers INTEGER NOT NULL,          -- fixes the car cannot have been at
            trace BLOB NOT NULL                 -- packed kept fixes
        ) STRICT;
        CREATE TABLE frames (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,          -- drive name, '-', number
            drive INTEGER NOT NULL REFERENCES drives,
            path TEXT NOT NULL,                 -- inside the upload
            range_start INTEGER, range_end INTEGER,
            bytes INTEGER,
            sha256 BLOB,                        -- NULL where the bytes could not be read
            received_at INTEGER NOT NULL,
            captured_at INTEGER,                -- NULL where unknown or refused
            latitude_e7 INTEGER, longitude_e7 INTEGER,
            heading INTEGER,                    -- 1/100 degree
            basis TEXT, horizontal_error INTEGER,
            width INTEGER, height INTEGER,
            mean_luma INTEGER, dark_share INTEGER, bright_share INTEGER,
            deviation INTEGER, sharpness_measured INTEGER, flat_share INTEGER,
            exposure INTEGER, sharpness INTEGER, contrast INTEGER,
            obstruction INTEGER, accuracy INTEGER, resolution INTEGER,
            quality INTEGER,
            dhash INTEGER, pdq BLOB, pdq_quality INTEGER,
            cell INTEGER,                       -- geohash bits
            tile INTEGER, square INTEGER,       -- leaf tile and square of its grid; NULL beyond the map's edge
            stop INTEGER,                       -- number of the stop inside the drive, for standing frames
            verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'duplicate', 'rejected')),
            rule TEXT, value INTEGER, bound INTEGER, unit TEXT, message TEXT,
            original INTEGER REFERENCES frames  -- the frame this one is a duplicate of, perhaps inserted after it
                DEFERRABLE INITIALLY DEFERRED,
            pending INTEGER NOT NULL DEFAULT 0, -- not yet compared with all others
            epoch TEXT,                         -- the sealed epoch that counts it
            withdrawn INTEGER REFERENCES takedowns, -- the takedown for which it is not shown
            CHECK ((verdict = 'accepted') = (rule IS NULL)),
            CHECK ((verdict = 'duplicate') = (original IS NOT NULL))
        ) STRICT;
        CREATE INDEX frames_drive ON frames (drive);
        CREATE INDEX frames_dhash ON frames (dhash) WHERE dhash IS NOT NULL;
        CREATE INDEX frames_pending ON frames (id) WHERE pending = 1;
        CREATE INDEX frames_original ON frames (original) WHERE original IS NOT NULL;
        CREATE INDEX frames_tile ON frames (tile, square, quality, captured_at)
            WHERE verdict = 'accepted' AND withdrawn IS NULL AND tile IS NOT NULL;
        CREATE INDEX frames_cell ON frames (cell) WHERE cell IS NOT NULL;
        CREATE INDEX frames_epoch ON frames (epoch, captured_at);
        CREATE INDEX frames_sha256 ON frames (sha256);
        CREATE INDEX frames_withdrawn ON frames (withdrawn) WHERE withdrawn IS NOT NULL;
        CREATE TABLE takedowns (                -- what is to be shown no more; a row is never deleted
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,          -- first 16 digits of the hash of the record
            record BLOB NOT NULL,               -- canonical JSON, of which the columns below repeat parts
            target TEXT NOT NULL,
            reason TEXT NOT NULL,
            at INTEGER NOT NULL,
            south INTEGER, north INTEGER,       -- the latitudes of a zone, 10^-7 degree, north not in it
            epoch TEXT REFERENCES epochs,       -- the sealed epoch whose manifest publishes it
            shown INTEGER NOT NULL              -- whether a generation may still show what it withdraws
        ) STRICT;
        CREATE TABLE withdrawn_copies (         -- contents of which a copy was kept and is not to be any more
            sha256 BLOB PRIMARY KEY,
            removed INTEGER NOT NULL            -- whether the copy is gone for certain
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE tiles (                    -- what every tile of the map sums up
            id INTEGER PRIMARY KEY,             -- PMTiles tile id
            summary BLOB NOT NULL
        ) STRICT;
        CREATE TABLE dirty_tiles (              -- leaf tiles whose frames changed since they were summed up
            id INTEGER PRIMARY KEY
        ) STRICT;
        CREATE TABLE epochs (
            id TEXT PRIMARY KEY,
            sealed_as_of INTEGER NOT NULL,
            body_sha256 BLOB                    -- NULL until the manifest is published
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE passes (                   -- when cells were covered, by sealed epochs
            cell INTEGER NOT NULL,
            octant INTEGER NOT NULL,
            covered_at INTEGER NOT NULL,
            epoch TEXT NOT NULL REFERENCES epochs
        ) STRICT;
        CREATE INDEX passes_coverage ON passes (cell, octant, covered_at);
        """
}
