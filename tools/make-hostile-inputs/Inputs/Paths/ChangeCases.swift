/// Uploads that change between listing and reading: what was listed is read, or nothing.
enum ChangeCases {
    private static let file = utf8("d/b.jpg")

    static func all() -> [PathCase] {
        changes().map { name, change in
            PathCase("change/\(name)", .unreadable(file), change: change, make: make)
        } + [
            PathCase(
                "change/upload-becomes-a-link", .listed([utf8("a.jpg"), file]),
                change: {
                    $0.move("upload", to: "moved")
                    _ = $0.write(utf8("outside/d/b.jpg"), utf8(PathMaker.secret))
                    _ = $0.link("upload", to: "outside")
                }, make: make),
            PathCase(
                "change/another-file-comes", .listed([utf8("a.jpg"), file]),
                change: { _ = $0.write(utf8("upload/d/c.jpg"), [1]) }, make: make),
            PathCase(
                "change/another-file-goes", .listed([utf8("a.jpg"), file]),
                change: { $0.remove("upload/d/c.jpg") },
                make: make),
        ]
    }

    private static let make: @Sendable (PathMaker) -> Bool = {
        $0.write(utf8("upload/d/b.jpg"), utf8("inside"))
    }

    private static func changes() -> [(String, @Sendable (PathMaker) -> Void)] {
        let path = "upload/d/b.jpg"
        return [
            ("goes-away", { $0.remove(path) }), ("is-renamed", { $0.move(path, to: "upload/d/c.jpg") }),
            (
                "becomes-a-link",
                {
                    $0.remove(path); _ = $0.link(path, to: "../../outside/x.jpg")
                }
            ),
            (
                "becomes-a-link-to-itself-moved",
                {
                    $0.move(path, to: "upload/d/c.jpg"); _ = $0.link(path, to: "c.jpg")
                }
            ),
            (
                "becomes-a-fifo",
                {
                    $0.remove(path); _ = $0.fifo(path)
                }
            ),
            (
                "becomes-a-folder",
                {
                    $0.remove(path); _ = $0.folder(path)
                }
            ),
            (
                "becomes-a-socket",
                {
                    $0.remove(path); _ = $0.socket(path)
                }
            ),
            ("is-cut", { _ = $0.size(path, 3) }), ("is-emptied", { _ = $0.size(path, 0) }),
            ("grows", { _ = $0.write(utf8(path), utf8("inside and more")) }),
            ("grows-to-a-terabyte", { _ = $0.size(path, 1 << 40) }),
            (
                "is-replaced-by-an-equal-size",
                {
                    _ = $0.write(utf8("outside/y"), utf8("INSIDE")); $0.move("outside/y", to: path)
                }
            ),
            ("is-replaced-by-the-outside", { $0.move("outside/x.jpg", to: path) }),
            (
                "folder-becomes-a-link",
                {
                    $0.move("upload/d", to: "upload/e")
                    _ = $0.write(utf8("outside/b.jpg"), utf8(PathMaker.secret))
                    _ = $0.link("upload/d", to: "../outside")
                }
            ),
            (
                "folder-becomes-a-file",
                {
                    $0.move("upload/d", to: "moved"); _ = $0.write(utf8("upload/d"), [1])
                }
            ),
            ("folder-goes-away", { $0.move("upload/d", to: "moved") }),
        ]
    }
}
