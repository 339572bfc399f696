import ArgumentParser

/// `waggle key`: the keys that sign the log, the manifests and cosignatures.
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make and show the keys that sign the log.",
        discussion: """
            The operator of a log has one key, and every witness one of its own. A key has a name, which should be an \
            address without a scheme that is yours, as example.org/hive: it becomes the name of the log. Keys of devices, \
            which have no name, are made by 'waggle bundle key'.

            EXAMPLES:
              waggle key new /etc/waggle/log.key --name example.org/hive
              waggle key show /etc/waggle/log.key
              waggle log sign --key /etc/waggle/log.key
            """,
        subcommands: [KeyNewCommand.self, KeyShowCommand.self])
}
