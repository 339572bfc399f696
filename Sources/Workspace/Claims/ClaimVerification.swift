import Canonical
import Rewards
import Store

/// What the claims of a file were held against, and what does not match.
public struct ClaimReport: Sendable {
    /// The claims; nil where the file is none of claims.
    public internal(set) var claims: ClaimSet?
    /// What is wrong; empty if nothing.
    public internal(set) var findings: [CheckFinding] = []
}

/// Makes claims anew from what is published, and says what a file has otherwise.
public enum ClaimVerification {
    /// Verifies the file `path` against the epoch, bindings and keys in `published`.
    public static func verify(_ path: String, _ published: PublishedPayouts) throws -> ClaimReport {
        var report = ClaimReport()
        func find(_ code: String, _ detail: String) {
            report.findings.append(CheckFinding(code: "claims.\(code)", place: path, detail: detail))
        }
        let found: ClaimSet
        do throws(JSONError) {
            found = try ClaimFile.read(try bytes(path))
        } catch {
            find("unreadable", error.description)
            return report
        }
        report.claims = found
        guard let epoch = Epoch(id: found.epoch),
            DirectoryListing.exists("\(published.root)/epochs/\(epoch.id)")
        else {
            find("epoch_missing", "'\(found.epoch)' is not published")
            return report
        }
        do {
            let (manifest, _) = try published.totals(after: epoch)
            if try !published.isFinal(manifest) {
                find("not_final", "nothing published says that \(epoch) is final")
            }
            let made = try published.claims(
                after: epoch, scheme: type(of: found.scheme),
                options: try ClaimOptions(
                    decimals: found.scale.decimals, rewardToken: found.scheme.parameters["reward_token"]))
            for (account, detail) in differences(found, made) { find("differ", "\(account): \(detail)") }
        } catch let error as ClaimError {
            find("impossible", error.description)
        } catch let WorkspaceError.publishedDamage(what) {
            find("inputs_damaged", what)
        } catch let failure as FileFailure {
            find("inputs_damaged", failure.description)
        }
        return report
    }

    /// Verifies all claims in `published`, and that every file for OpenZeppelin's library is that of its claims.
    public static func verifyAll(_ published: PublishedPayouts) throws -> (
        files: Int, findings: [CheckFinding], hasBadSignature: Bool
    ) {
        var (files, findings): (Int, [CheckFinding]) = (0, [])
        func find(_ code: String, _ place: String, _ detail: String) {
            findings.append(CheckFinding(code: code, place: place, detail: detail))
        }
        do {
            _ = try (published.keys(), published.allBindings())
        } catch let WorkspaceError.publishedDamage(what) {
            find("payouts.damaged", published.root, what)
        } catch let error as PayoutListError {
            // Nobody can say whose addresses count: no claims can be made anew.
            find("payouts.signature", published.payoutKeys, error.description)
            return (files, findings, true)
        } catch let forgery as PayoutForgery {
            find("payouts.signature", forgery.path, forgery.description)
            return (files, findings, true)
        } catch let failure as FileFailure {
            find("payouts.damaged", failure.path, failure.description)
        }
        guard DirectoryListing.exists(published.claims) else { return (files, findings, false) }
        for epoch in try DirectoryListing.names(in: published.claims) {
            let folder = "\(published.claims)/\(epoch)"
            guard DirectoryListing.isDirectory(folder) else {
                find("claims.stranger", folder, "no epoch")
                continue
            }
            // Temporary files of a run that was killed are no claims.
            var rest = Set(try DirectoryListing.names(in: folder).filter { !$0.hasPrefix(".") })
            for scheme in ClaimSchemes.names {
                let (name, dump) = (ClaimFiles.name(scheme), ClaimFiles.dumpName(scheme))
                guard rest.remove(name) != nil else { continue }
                // Killed before it wrote this one, an export has left claims without it.
                let hasDump = rest.remove(dump) != nil
                files += 1
                let report = try verify("\(folder)/\(name)", published)
                findings += report.findings
                guard let claims = report.claims else { continue }
                if claims.epoch != epoch || claims.schemeName != scheme {
                    find(
                        "claims.name", "\(folder)/\(name)", "claims of \(claims.epoch), \(claims.schemeName)")
                }
                guard hasDump else { continue }
                let hash = try ClaimFiles.hash { _ = try StandardDump.write(claims, to: $0) }
                if try ClaimFiles.hash(ofFile: "\(folder)/\(dump)") != hash {
                    find("claims.dump", "\(folder)/\(dump)", "not the tree of \(name)")
                }
            }
            for name in rest.sorted(by: { $0.precedes($1) }) {
                find("claims.stranger", "\(folder)/\(name)", "no file of claims")
            }
        }
        return (files, findings, false)
    }

    private static func bytes(_ path: String) throws(JSONError) -> [UInt8] {
        do throws(FileFailure) { return try StoredFile.read(path, maxBytes: ClaimFile.maxBytes) } catch {
            throw JSONError(reason: error.description, place: "byte 0")
        }
    }

    /// The accounts of which `found` says something else than `made`, and what, by their bytes.
    private static func differences(_ found: ClaimSet, _ made: ClaimSet) -> [(account: String, String)] {
        let (left, right) = (lines(found), lines(made))
        var (l, r) = (left.startIndex, right.startIndex)
        var result: [(String, String)] = []
        while l < left.endIndex || r < right.endIndex {
            if r == right.endIndex || l < left.endIndex && left[l].account.precedes(right[r].account) {
                result.append((left[l].account, "\(left[l].text) in the file, and was paid nothing"))
                l += 1
            } else if l == left.endIndex || right[r].account.precedes(left[l].account) {
                result.append((right[r].account, "not in the file, and has \(right[r].text)"))
                r += 1
            } else {
                if left[l].text != right[r].text {
                    result.append(
                        (
                            left[l].account,
                            "\(left[l].text) in the file, \(right[r].text) by epochs and bindings"
                        ))
                }
                l += 1
                r += 1
            }
        }
        return result
    }

    /// What each account of `set` has where, ascending by the bytes of the accounts.
    private static func lines(_ set: ClaimSet) -> [(account: String, text: String)] {
        let bound = set.claims.flatMap { claim in claim.shares.map { ($0, claim.address.text) } }
        let unbound = set.unbound.map { ($0, "no address") }
        let parts = (bound + unbound).sorted { left, right in
            left.0.account.hasSameBytes(as: right.0.account)
                ? left.1.precedes(right.1) : left.0.account.precedes(right.0.account)
        }
        var lines: [(account: String, text: String)] = []
        for (share, place) in parts {
            let text = "\(share.points) micro-points at \(place)"
            if let last = lines.last, last.account.hasSameBytes(as: share.account) {
                lines[lines.count - 1].text += " and \(text)"
            } else {
                lines.append((share.account, text))
            }
        }
        return lines
    }
}
