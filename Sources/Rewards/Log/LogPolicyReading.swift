import Canonical

extension LogPolicy {
    /// The most bytes a policy may have.
    public static let maxBytes = 1 << 20
    /// The most logs, witnesses and groups, of each; the specification asks for 32.
    static let maxItems = 256

    /// The policy whose file is `bytes`.
    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= Self.maxBytes else {
            throw LogError(.policyForm, "\(bytes.count) bytes, limit \(Self.maxBytes)")
        }
        var reader = Reader()
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        // Half a line may still be a line, and name fewer witnesses than the whole.
        guard lines.popLast()?.isEmpty == true else {
            throw LogError(
                .policyForm, "the last line does not end in a line feed", at: "line \(lines.count + 1)")
        }
        for (index, line) in lines.enumerated() {
            do throws(LogError) { try reader.read(line) } catch {
                throw LogError(error.code, error.reason, at: "line \(index + 1)")
            }
        }
        guard reader.hasQuorum else {
            throw LogError(.policyForm, "no quorum line; 'quorum none' asks for no witness")
        }
        self.init(logs: reader.logs, witnesses: reader.witnesses, quorum: reader.quorum)
    }

    /// Reads the lines one after the other. Names are bytes and nothing more.
    private struct Reader {
        var logs: [NoteKey] = []
        var witnesses: [NoteKey] = []
        var quorum: Quorum?
        var hasQuorum = false
        private var names: [[UInt8]: Quorum] = [:]
        private var members: Set<[UInt8]> = []

        mutating func read(_ line: ArraySlice<UInt8>) throws(LogError) {
            guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw refusal("a control character")
            }
            let items = line.split { $0 == 0x20 || $0 == 0x09 }.map(Array.init)
            guard let keyword = items.first, keyword.first != UInt8(ascii: "#") else { return }
            switch String(decoding: keyword, as: UTF8.self) {
            case "log":
                guard (2...3).contains(items.count) else {
                    throw refusal("'log' takes a key and maybe a URL")
                }
                try add(log: try key(items[1]))
            case "witness":
                guard (3...4).contains(items.count) else {
                    throw refusal("'witness' takes a name, a key and maybe a URL")
                }
                try add(witness: try key(items[2]), named: items[1])
            case "group":
                guard items.count >= 4 else { throw refusal("'group' takes a name, a number and members") }
                try addGroup(items[1], threshold: items[2], members: items[3...])
            case "quorum":
                guard items.count == 2 else { throw refusal("'quorum' takes one name") }
                try setQuorum(items[1])
            default: throw refusal("'\(String(decoding: keyword, as: UTF8.self))' is no keyword")
            }
        }

        private mutating func add(log key: NoteKey) throws(LogError) {
            guard key.kind == .note else { throw refusal("the key of a log must have signature type 1") }
            guard !logs.contains(where: { $0.key == key.key }) else { throw refusal("a log's key twice") }
            guard logs.count < LogPolicy.maxItems else {
                throw refusal("more than \(LogPolicy.maxItems) logs")
            }
            logs.append(key)
        }

        private mutating func add(witness key: NoteKey, named name: [UInt8]) throws(LogError) {
            guard key.kind == .cosignature else {
                throw refusal("the key of a witness must have signature type 4")
            }
            guard !witnesses.contains(where: { $0.key == key.key }) else {
                throw refusal("a witness's key twice")
            }
            guard witnesses.count < LogPolicy.maxItems else {
                throw refusal("more than \(LogPolicy.maxItems) witnesses")
            }
            try define(name, .witness(key))
            witnesses.append(key)
        }

        private mutating func addGroup(
            _ name: [UInt8], threshold: [UInt8], members: ArraySlice<[UInt8]>
        ) throws(LogError) {
            var group: [Quorum] = []
            for member in members {
                guard let meaning = names[member] else {
                    throw refusal("\(Self.text(member)) is not defined above")
                }
                guard self.members.insert(member).inserted else {
                    throw refusal("\(Self.text(member)) is a member already")
                }
                group.append(meaning)
            }
            let needed: UInt64? =
                switch String(decoding: threshold, as: UTF8.self) {
                case "all": UInt64(group.count)
                case "any": 1
                default: Decimal.value(threshold)
                }
            guard let needed, (1...UInt64(group.count)).contains(needed) else {
                throw refusal(
                    "\(Self.text(threshold)) is not 'all', 'any' or a number from 1 to \(group.count)")
            }
            try define(name, .group(Int(needed), of: group))
        }

        private mutating func setQuorum(_ name: [UInt8]) throws(LogError) {
            guard !hasQuorum else { throw refusal("a second quorum line") }
            hasQuorum = true
            if name.elementsEqual("none".utf8) { return }
            guard let meaning = names[name] else { throw refusal("\(Self.text(name)) is not defined above") }
            quorum = meaning
        }

        private mutating func define(_ name: [UInt8], _ meaning: Quorum) throws(LogError) {
            guard !name.elementsEqual("none".utf8) else { throw refusal("'none' is no name to define") }
            guard names[name] == nil else { throw refusal("\(Self.text(name)) is defined already") }
            guard names.count < 2 * LogPolicy.maxItems else {
                throw refusal("more than \(2 * LogPolicy.maxItems) names")
            }
            names[name] = meaning
        }

        private func key(_ bytes: [UInt8]) throws(LogError) -> NoteKey {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw refusal("the key is no UTF-8")
            }
            return try NoteKey(vkey: text)
        }

        private static func text(_ name: [UInt8]) -> String { "'\(String(decoding: name, as: UTF8.self))'" }

        private func refusal(_ reason: String) -> LogError { LogError(.policyForm, reason) }
    }
}
