import Glibc

/// Uploads with what is no regular file, or only looks like one.
enum FileKindCases {
    static func all() -> [PathCase] { links() + special() + sizes() }

    private static func links() -> [PathCase] {
        let targets = [
            "../outside/x.jpg", "../outside", "/etc/passwd", "/nowhere", ".", "..", "../../../..", "a.jpg",
            "b.jpg", "/dev/zero",
            "/proc/self/mem", "/proc/self/fd/0", "x".repeated(4000),
        ]
        return targets.enumerated().map { number, target in
            PathCase("link/\(number)", .refused("upload.unsafe_file", at: "b.jpg")) {
                $0.link("upload/b.jpg", to: target)
            }
        } + [
            PathCase("link/two-in-a-circle", .refused("upload.unsafe_file", at: "")) {
                $0.link("upload/b", to: "c") && $0.link("upload/c", to: "b")
            },
            PathCase("link/in-a-folder", .refused("upload.unsafe_file", at: "d/b.jpg")) {
                $0.folder("upload/d") && $0.link("upload/d/b.jpg", to: "../../outside/x.jpg")
            },
            PathCase("link/to-a-fifo", .refused("upload.unsafe_file", at: "b.jpg")) {
                $0.fifo("outside/fifo") && $0.link("upload/b.jpg", to: "../outside/fifo")
            },
            // A hard link is a regular file like any other; who can make one to a file could have read it.
            PathCase("link/hard-inside", .listed([utf8("a.jpg"), utf8("b.jpg")])) {
                $0.hardLink("upload/b.jpg", to: "upload/a.jpg")
            },
        ]
    }

    private static func special() -> [PathCase] {
        // Of the file 1:5, /dev/zero, and of 7:0, the first loop device.
        [
            PathCase("kind/fifo", .refused("upload.unsafe_file", at: "b.jpg")) { $0.fifo("upload/b.jpg") },
            PathCase("kind/fifo-deep", .refused("upload.unsafe_file", at: "d/e/b.jpg")) {
                $0.folder("upload/d") && $0.folder("upload/d/e") && $0.fifo("upload/d/e/b.jpg")
            },
            PathCase("kind/socket", .refused("upload.unsafe_file", at: "s")) { $0.socket("upload/s") },
            PathCase("kind/character-device", .refused("upload.unsafe_file", at: "b.jpg")) {
                $0.device("upload/b.jpg", S_IFCHR, 0x105)
            },
            PathCase("kind/block-device", .refused("upload.unsafe_file", at: "b.jpg")) {
                $0.device("upload/b.jpg", S_IFBLK, 0x700)
            },
            PathCase("kind/folder-called-jpg", .listed([utf8("a.jpg")])) { $0.folder("upload/b.jpg") },
            PathCase("kind/executable", .listed([utf8("a.jpg"), utf8("b.jpg")])) {
                $0.write(utf8("upload/b.jpg"), [1]) && $0.mode("upload/b.jpg", 0o4755)
            },
        ]
    }

    private static func sizes() -> [PathCase] {
        [
            PathCase("size/empty", .listed([utf8("a.jpg"), utf8("b.jpg")])) {
                $0.write(utf8("upload/b.jpg"), [])
            },
            PathCase("size/sparse-terabyte-and-more", .refused("upload.too_large", at: "a.jpg")) {
                $0.size("upload/a.jpg", 1 << 40 + 1)
            },
            PathCase("size/sparse-8-terabytes", .refused("upload.too_large", at: "a.jpg")) {
                $0.size("upload/a.jpg", 1 << 43)
            },
            PathCase("size/two-halves-and-more", .refused("upload.too_large", at: "")) {
                $0.size("upload/a.jpg", 1 << 39) && $0.write(utf8("upload/b.jpg"), [])
                    && $0.size("upload/b.jpg", 1 << 39 + 1)
            },
        ]
    }
}
