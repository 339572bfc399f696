import Imaging
import Stages
import Store

/// Holds the index of pictures against the catalog: a frame that it does not hold is one whose copies are not found.
struct PictureCheck {
    private let catalog: Catalog
    private let store: PictureRunStore
    private let folder: String
    private(set) var findings: [CheckFinding] = []
    /// Frames in files, those counted twice that are in two.
    private(set) var frames = 0

    /// Frames whose hashes are asked for at a time.
    private static let atOnce = 4096

    init(_ workspace: Workspace) {
        catalog = workspace.catalog
        folder = workspace.layout.pictures
        store = PictureRunStore(root: folder)
    }

    /// A run beside this check may put other files in the place of these; then it is done again, and after some times left.
    mutating func run(readsData: Bool) throws {
        for _ in 0..<3 {
            let records = try catalog.pictureRuns()
            (findings, frames) = ([], records.reduce(0) { $0 + $1.frames })
            try check(records, readsData: readsData)
            if try catalog.pictureRuns() == records { return }
        }
        findings = []
    }

    private mutating func check(_ records: [PictureRunRecord], readsData: Bool) throws {
        var runs: [PictureRun] = []
        for record in records {
            do {
                runs.append(try store.open(record))
            } catch let damage as PictureRunDamage {
                find("pictures.damaged", damage.path, "\(damage.detail); the next comparison makes it again")
            }
        }
        if readsData, findings.isEmpty { try read(runs) }
    }

    private mutating func read(_ runs: [PictureRun]) throws {
        var held: Set<Int64> = []
        for run in runs {
            var waiting: [Int64: [[PDQHash]]] = [:]
            let found = try run.findings { frame, forms in
                waiting[frame, default: []].append(forms)
                if waiting.count < Self.atOnce { return }
                held.formUnion(try right(waiting))
                waiting.removeAll(keepingCapacity: true)
            }
            held.formUnion(try right(waiting))
            for detail in found {
                find(
                    "pictures.damaged", store.path(of: run.record.number),
                    "\(detail); remove the folder \(folder), and the next comparison makes it again")
            }
        }
        try catalog.forEachIndexedFrame { id, name in
            if held.contains(id) { return }
            find(
                "pictures.missing", name,
                "its picture is not looked at; remove the folder \(folder), and the next comparison makes it again"
            )
        }
    }

    /// The frames whose hashes are among those given for them.
    private func right(_ given: [Int64: [[PDQHash]]]) throws -> [Int64] {
        let hashes = try catalog.hashes(of: given.keys.sorted())
        return hashes.ids.enumerated().filter { place, id in
            let own = [hashes.pdq[place]] + hashes.variants[3 * place..<3 * place + 3]
            return given[id]?.contains(own) ?? false
        }.map(\.element)
    }

    private mutating func find(_ code: String, _ place: String, _ detail: String) {
        findings.append(CheckFinding(code: code, place: place, detail: detail))
    }
}
