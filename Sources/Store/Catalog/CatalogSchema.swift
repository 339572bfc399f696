import GRDB

/// The tables of the catalog, migration by migration. A migration that has been released is never edited.
enum CatalogSchema {
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 uploads, drives, frames, tiles, epochs") { try $0.execute(sql: first) }
        migrator.registerMigration("2 rulesets by week") { try $0.execute(sql: rulesets) }
        migrator.registerMigration("3 index of pictures") { try $0.execute(sql: pictures) }
        migrator.registerMigration("4 hood") { try $0.execute(sql: hood) }
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
        CREATE TABLE device_keys (              -- what devices sign with, and for whom; a row is never deleted
            id INTEGER PRIMARY KEY,
            device TEXT NOT NULL,
            key BLOB NOT NULL,                  -- Ed25519 public key
            contributor TEXT NOT NULL,
            registered_at INTEGER NOT NULL,     -- ms since 1970
            revoked_at INTEGER                  -- NULL while it holds
        ) STRICT;
        CREATE TABLE bundles (                  -- who signed an upload, where somebody did
            upload INTEGER PRIMARY KEY REFERENCES uploads,
            device TEXT NOT NULL,
            key BLOB NOT NULL,
            sequence INTEGER NOT NULL,
            previous BLOB,                      -- SHA-256 of the statement with the number before
            statement BLOB NOT NULL             -- SHA-256 of the statement
        ) STRICT;
        CREATE INDEX bundles_chain ON bundles (key, sequence);
        CREATE TABLE sightings (                -- directories seen before, so that they need not be read again
            contributor TEXT NOT NULL,
            path TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            upload INTEGER REFERENCES uploads,  -- NULL where it went to quarantine
            PRIMARY KEY (contributor, path)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE quarantine_exits (         -- what has left quarantine
            name TEXT PRIMARY KEY,              -- of the entry
            record BLOB NOT NULL,               -- canonical JSON
            outcome TEXT NOT NULL CHECK (outcome IN ('ingested', 'replaced', 'dropped')),
            successor TEXT,                     -- the upload, or the entry that came in its place
            at INTEGER NOT NULL                 -- ms since 1970
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
            trace BLOB NOT NULL,                -- packed kept fixes
            remarks TEXT,                       -- what the reader left out, JSON array of strings; NULL if nothing
            flags TEXT                          -- what is implausible about the trace, JSON array of findings; NULL if nothing
        ) STRICT;
        CREATE TABLE frames (                   -- what the map and the rewards read comes first
            id INTEGER PRIMARY KEY,
            drive INTEGER NOT NULL REFERENCES drives,
            number INTEGER NOT NULL,            -- in the drive
            verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'duplicate', 'rejected')),
            captured_at INTEGER,                -- NULL where unknown or refused
            map_column INTEGER, map_row INTEGER, -- Web Mercator, 2^32 a side; NULL beyond the map's edge
            latitude_e7 INTEGER, longitude_e7 INTEGER,
            heading INTEGER,                    -- 1/100 degree
            quality INTEGER,
            cell INTEGER,                       -- geohash bits
            epoch TEXT,                         -- the sealed epoch that counts it
            pending INTEGER NOT NULL DEFAULT 0, -- not yet compared with all others
            stop INTEGER,                       -- number of the stop inside the drive, for standing frames
            name TEXT NOT NULL UNIQUE,          -- drive name, '-', number
            path TEXT NOT NULL,                 -- inside the upload
            range_start INTEGER, range_end INTEGER,
            bytes INTEGER,
            sha256 BLOB,                        -- NULL where the bytes could not be read
            kept_sha256 BLOB,                   -- of the copy that is kept of them; NULL where none is
            received_at INTEGER NOT NULL,
            basis TEXT, horizontal_error INTEGER,
            width INTEGER, height INTEGER,
            mean_luma INTEGER, dark_share INTEGER, bright_share INTEGER,
            deviation INTEGER, sharpness_measured INTEGER, flat_share INTEGER,
            exposure INTEGER, sharpness INTEGER, contrast INTEGER,
            obstruction INTEGER, accuracy INTEGER, resolution INTEGER,
            focus_measured INTEGER, glare_share INTEGER,
            sun_elevation INTEGER,              -- 1/100 degree
            drive_focus INTEGER, stuck_share INTEGER, -- beside the drive's other frames; NULL where there are too few
            focus INTEGER, relative_focus INTEGER, glare INTEGER, daylight INTEGER, dirt INTEGER,
            heading_known INTEGER,              -- the factor
            dhash INTEGER, pdq BLOB, pdq_variants BLOB, pdq_quality INTEGER,
            rule TEXT, value INTEGER, bound INTEGER, unit TEXT, message TEXT,
            evidence BLOB,                      -- what else its checks saw, canonical JSON; NULL if nothing
            original INTEGER REFERENCES frames  -- the frame this one is a duplicate of, perhaps inserted after it
                DEFERRABLE INITIALLY DEFERRED,
            withdrawn INTEGER REFERENCES takedowns, -- the takedown for which it is not shown
            CHECK ((verdict = 'accepted') = (rule IS NULL)),
            CHECK ((verdict = 'duplicate') = (original IS NOT NULL))
        ) STRICT;
        CREATE INDEX frames_drive ON frames (drive);
        CREATE INDEX frames_pdq ON frames (id, pdq, pdq_variants) WHERE pdq IS NOT NULL;
        CREATE INDEX frames_pending ON frames (id) WHERE pending = 1;
        CREATE INDEX frames_original ON frames (original) WHERE original IS NOT NULL;
        CREATE INDEX frames_beyond_edge ON frames (id) WHERE map_row IS NULL AND verdict = 'accepted';
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
        CREATE TABLE privacy (                  -- what contributors keep to themselves
            contributor TEXT PRIMARY KEY,
            record BLOB NOT NULL                -- canonical JSON
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE withdrawn_copies (         -- contents of which a copy was kept and is not to be any more
            sha256 BLOB PRIMARY KEY,
            removed INTEGER NOT NULL            -- whether the copy is gone for certain
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE dirty_drives (             -- drives whose frames on the map changed since they were laid on it
            id INTEGER PRIMARY KEY
        ) STRICT;
        CREATE TABLE pieces (                   -- what a drive has in a leaf tile
            tile INTEGER NOT NULL,              -- PMTiles tile id
            drive INTEGER NOT NULL REFERENCES drives,
            day INTEGER NOT NULL,               -- of the drive's first frame, days since 1970
            frames BLOB NOT NULL,               -- packed
            line BLOB NOT NULL,                 -- packed
            PRIMARY KEY (tile, drive)
        ) STRICT;
        CREATE INDEX pieces_drive ON pieces (drive);
        CREATE TABLE dirty_tiles (              -- tiles whose pieces changed since they were made
            id INTEGER PRIMARY KEY
        ) STRICT;
        CREATE TABLE dirty_blocks (             -- files of cells, by geohash bits, whose frames changed likewise
            id INTEGER PRIMARY KEY,
            cells BLOB                          -- the cells that changed, packed; NULL where all may have
        ) STRICT;
        CREATE TABLE cell_blocks (              -- what the cells of every file of cells were counted to
            block INTEGER PRIMARY KEY,          -- geohash bits of five characters
            cells BLOB NOT NULL                 -- packed
        ) STRICT;
        CREATE TABLE tiles (                    -- what every tile of the map sums up
            id INTEGER PRIMARY KEY,
            frames INTEGER NOT NULL,
            squares BLOB NOT NULL,
            lines BLOB NOT NULL
        ) STRICT;
        CREATE TABLE contents (                 -- what the generation in use holds
            tile INTEGER PRIMARY KEY,           -- PMTiles tile id
            archives BLOB NOT NULL              -- hashes and lengths of its contents, packed
        ) STRICT;
        CREATE TABLE cell_files (               -- the files of cells of the generation in use
            block INTEGER PRIMARY KEY,          -- geohash bits of five characters
            sha256 BLOB NOT NULL,
            bytes INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE generations (              -- published, the one in use last
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            frames_beyond_edge INTEGER NOT NULL, -- accepted frames that no tile can show
            compressor TEXT NOT NULL            -- what packed it, as its record says; empty while all is made anew
        ) STRICT;
        CREATE TABLE epochs (
            id TEXT PRIMARY KEY,
            sealed_as_of INTEGER NOT NULL,
            pending_uploads INTEGER NOT NULL,   -- uploads that waited unread when it was sealed
            body_sha256 BLOB,                   -- NULL until the manifest is published
            final INTEGER NOT NULL DEFAULT 0    -- whether its challenge is over and was said to be
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE accounts (                 -- what published epochs left of everyone's points
            contributor TEXT PRIMARY KEY,
            total INTEGER NOT NULL, owed INTEGER NOT NULL, debt INTEGER NOT NULL -- bits of unsigned numbers
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE awards (                   -- who has an award in which published epoch
            epoch TEXT NOT NULL REFERENCES epochs,
            contributor TEXT NOT NULL,
            PRIMARY KEY (epoch, contributor)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE device_trust (             -- how far devices were trusted in the last epoch that had them
            contributor TEXT NOT NULL,
            device TEXT NOT NULL,               -- empty for drives without one
            epoch TEXT NOT NULL REFERENCES epochs,
            permille INTEGER NOT NULL,
            PRIMARY KEY (contributor, device)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE bounties (                 -- what somebody pays for a place; a row is never deleted
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,          -- first 16 digits of the hash of the record
            record BLOB NOT NULL,               -- canonical JSON
            at INTEGER NOT NULL,
            epoch TEXT REFERENCES epochs        -- the sealed epoch whose manifest publishes it
        ) STRICT;
        CREATE TABLE corrections (              -- awards that were wrong; a row is never deleted
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,          -- first 16 digits of the hash of the statement
            record BLOB NOT NULL,               -- canonical JSON with key and signature
            at INTEGER NOT NULL,
            epoch TEXT REFERENCES epochs        -- the sealed epoch that publishes it
        ) STRICT;
        CREATE TABLE passes (                   -- when cells were covered, by sealed epochs
            cell INTEGER NOT NULL,
            octant INTEGER NOT NULL,
            covered_at INTEGER NOT NULL,
            epoch TEXT NOT NULL REFERENCES epochs
        ) STRICT;
        CREATE INDEX passes_coverage ON passes (cell, octant, covered_at);
        """

    private static let rulesets = """
        CREATE TABLE rulesets (                 -- what holds from a week on; before, it is what the workspace was made with
            epoch TEXT PRIMARY KEY,             -- the first week
            adopted_at INTEGER NOT NULL,        -- ms since 1970
            ruleset BLOB NOT NULL               -- canonical JSON
        ) STRICT, WITHOUT ROWID;
        """

    /// Every frame with hashes is in a file of `picture_runs` or in `unindexed_pictures`. The index of hashes goes: what it was
    /// made for, reading all hashes in a row, is not done any more.
    private static let pictures = """
        CREATE TABLE picture_runs (             -- files with the hashes of frames, in the order of their bands
            number INTEGER PRIMARY KEY AUTOINCREMENT, -- its name; none is given twice
            pictures INTEGER NOT NULL,          -- different hashes in it
            frames INTEGER NOT NULL,            -- frames that have them
            digest INTEGER NOT NULL             -- what tells it from a file with as many others
        ) STRICT;
        CREATE TABLE unindexed_pictures (       -- frames whose hashes no such file has
            id INTEGER PRIMARY KEY
        ) STRICT;
        INSERT INTO unindexed_pictures (id) SELECT id FROM frames WHERE pdq IS NOT NULL;
        DROP INDEX frames_pdq;
        """

    /// What was measured before has no such factor: a product with 1000 is what it was.
    private static let hood = """
        ALTER TABLE frames ADD COLUMN hood_share INTEGER; -- NULL where the car did not move enough to tell
        ALTER TABLE frames ADD COLUMN hood INTEGER;       -- the factor
        UPDATE frames SET hood = 1000 WHERE quality IS NOT NULL;
        """
}
