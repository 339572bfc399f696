/// Uploads whose files have unusual names.
enum NameCases {
    static func all() -> [PathCase] { refused() + listed() + lengths() }

    /// Names that are no printable UTF-8. What is said of them is escaped, and so the place is that of their folder.
    private static func refused() -> [PathCase] {
        let names: [(String, [UInt8])] = [
            ("line-feed", utf8("a\nb")), ("return", utf8("a\rb")), ("tab", utf8("a\tb")),
            ("bell", utf8("a\u{7}")),
            ("escape", utf8("\u{1B}[2J.jpg")), ("delete", utf8("a\u{7F}")), ("byte-1", [1]),
            ("byte-31", [0x1F]),
            ("ff", [0xFF, 0xFE]), ("cut", utf8("a") + [0xC3]), ("overlong-point", [0xC0, 0xAE]),
            ("overlong-slash", [0xC0, 0xAF]), ("surrogate", [0xED, 0xA0, 0x80]),
            ("beyond-unicode", [0xF4, 0x90, 0x80, 0x80]),
            ("continuation", [0x80]), ("latin1", utf8("caf") + [0xE9]),
            ("of-255-bytes", [UInt8](repeating: 0xFF, count: 255)),
        ]
        return names.map { name, bytes in
            PathCase("name/\(name)", .refused("upload.unsafe_name", at: ".")) {
                $0.write(utf8("upload/") + bytes, [1])
            }
        } + [
            PathCase("name/line-feed-in-a-folder", .refused("upload.unsafe_name", at: ".")) {
                $0.write(utf8("upload/x\ny/b.jpg"), [1])
            },
            PathCase("name/ff-deep", .refused("upload.unsafe_name", at: "1/2/3")) {
                $0.write(utf8("upload/1/2/3/") + [0xFF], [1])
            },
        ]
    }

    /// Names that a shell, a terminal or another system would trip over, and that are names nevertheless.
    private static func listed() -> [PathCase] {
        let names = [
            "-rf", "--help", "...", "..a", ".hidden", " ", "a ", "con", "nul.jpg", "a:b", "a\\b", "*?[",
            "'\"", "$(id)",
            ";reboot", "%2e%2e%2f", "~", "&", "\u{202E}gpj.exe", "a\u{200B}b", "\u{1F600}", "\u{FEFF}a",
            "\u{85}", "\u{2028}",
            "a\u{301}\u{301}\u{301}", "receipt.json", "upload.sig", "lost+found",
        ]
        return names.enumerated().map { number, name in
            PathCase(
                "name/odd-\(number)",
                .listed([utf8("a.jpg"), utf8(name)].sorted { $0.lexicographicallyPrecedes($1) })
            ) {
                $0.write(utf8("upload/\(name)"), [1])
            }
        } + [
            PathCase("name/twins-of-case", .listed([utf8("A.JPG"), utf8("A.jpg"), utf8("a.jpg")])) {
                $0.write(utf8("upload/A.JPG"), [1]) && $0.write(utf8("upload/A.jpg"), [2])
            },
            PathCase(
                "name/twins-of-composition", .listed([utf8("a.jpg"), utf8("cafe\u{301}"), utf8("caf\u{E9}")])
            ) {
                $0.write(utf8("upload/cafe\u{301}"), [1]) && $0.write(utf8("upload/caf\u{E9}"), [2])
            },
        ]
    }

    private static func lengths() -> [PathCase] {
        let long = "n".repeated(255)
        let folders = "\(long)/\(long)/\(long)/"
        return [
            PathCase("length/name-255", .listed([utf8("a.jpg"), utf8(long)])) {
                $0.write(utf8("upload/\(long)"), [1])
            },
            // 3 x 256 bytes and 256, and one more.
            PathCase("length/path-1024", .listed([utf8("a.jpg"), utf8(folders + "n/" + "n".repeated(254))])) {
                $0.write(utf8("upload/\(folders)n/" + "n".repeated(254)), [1])
            },
            PathCase("length/path-1025", .refused("upload.unsafe_name", at: folders + "n")) {
                $0.write(utf8("upload/\(folders)n/" + "n".repeated(255)), [1])
            },
            PathCase("length/depth-8", .listed([utf8("1/2/3/4/5/6/7/8/x"), utf8("a.jpg")])) {
                $0.write(utf8("upload/1/2/3/4/5/6/7/8/x"), [1])
            },
            PathCase("length/depth-9", .refused("upload.too_large", at: "1/2/3/4/5/6/7/8/9")) {
                $0.write(utf8("upload/1/2/3/4/5/6/7/8/9/x"), [1])
            },
        ]
    }
}
