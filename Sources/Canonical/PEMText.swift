/// One document in PEM armour (RFC 7468), as key files hold it.
enum PEMText {
    /// The label of a private key in PKCS #8 (RFC 5208).
    static let privateKey = "PRIVATE KEY"
    /// The label of a public key as SubjectPublicKeyInfo (RFC 5280).
    static let publicKey = "PUBLIC KEY"

    /// The text of the document `der`, in lines of 64 characters.
    static func text(_ der: [UInt8], label: String) -> String {
        let characters = Array(Base64.text(der).utf8)
        let lines = stride(from: 0, to: characters.count, by: 64).map {
            String(decoding: characters[$0..<min($0 + 64, characters.count)], as: UTF8.self)
        }
        return (["-----BEGIN \(label)-----"] + lines + ["-----END \(label)-----", ""]).joined(separator: "\n")
    }

    /// The document of which `bytes` are the text; blank lines and line ends of either kind count for nothing.
    ///
    /// - Throws: ``KeyError`` for another label, or for anything that is no one such document.
    static func document(_ bytes: [UInt8], label: String) throws(KeyError) -> [UInt8] {
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0D]
        let lines = bytes.split(separator: 0x0A).map { line in
            Array(line.drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }.reversed())
        }.filter { !$0.isEmpty }
        guard let first = lines.first, let last = lines.last, lines.count >= 3,
            first.starts(with: "-----BEGIN ".utf8)
        else { throw KeyError("no PEM text: it does not begin with a line '-----BEGIN \(label)-----'") }
        guard first.elementsEqual("-----BEGIN \(label)-----".utf8) else {
            let isOther = [privateKey, publicKey].first {
                $0 != label && first.elementsEqual("-----BEGIN \($0)-----".utf8)
            }
            throw KeyError("\(isOther.map { "a \($0)" } ?? "another document") where a \(label) is needed")
        }
        guard last.elementsEqual("-----END \(label)-----".utf8),
            let document = Base64.bytes(Array(lines.dropFirst().dropLast().joined()))
        else { throw KeyError("damaged PEM text") }
        return document
    }
}
