import Canonical
import Stages

/// The drives of an epoch in order, with their contributors and devices numbered: the lesser number has the lesser id.
struct EpochInputs: Sendable {
    /// A camera, or all drives of a contributor without one.
    struct Device: Sendable {
        /// The number of its contributor.
        let contributor: Int
        /// Its id; nil where drives have none.
        let id: String?
    }

    /// By the bytes of their ids.
    let drives: [DriveInput]
    /// The ids of contributors, by their bytes.
    let contributors: [String]
    /// By contributor, then those without id, then by the bytes of their ids.
    let devices: [Device]
    /// The number of each drive's device.
    let deviceOfDrive: [Int]

    /// The inputs `drives`, in any order.
    ///
    /// - Throws: ``ManifestError/driveTwice(_:)`` where two have one id.
    init(_ drives: [DriveInput]) throws(ManifestError) {
        var drives = drives
        // Nearly always they come in order.
        if !Self.ascend(drives) {
            let order = drives.indices.sorted { drives[$0].drive.precedes(drives[$1].drive) }
            drives = order.map { drives[$0] }
            for index in drives.indices.dropFirst()
            where drives[index].drive.hasSameBytes(as: drives[index - 1].drive) {
                throw .driveTwice(drives[index].drive)
            }
        }
        let byDevice = drives.indices.sorted { left, right in
            if !drives[left].contributor.hasSameBytes(as: drives[right].contributor) {
                return drives[left].contributor.precedes(drives[right].contributor)
            }
            return Self.deviceComesFirst(drives[left].device, drives[right].device)
        }
        var contributors: [String] = []
        var devices: [Device] = []
        var deviceOfDrive = [Int](repeating: 0, count: drives.count)
        for number in byDevice {
            let drive = drives[number]
            if contributors.last.map({ !$0.hasSameBytes(as: drive.contributor) }) ?? true {
                contributors.append(drive.contributor)
            }
            let contributor = contributors.count - 1
            let isSame = devices.last.map {
                $0.contributor == contributor && ByteKey.isSame($0.id, drive.device)
            }
            if isSame != true { devices.append(Device(contributor: contributor, id: drive.device)) }
            deviceOfDrive[number] = devices.count - 1
        }
        self.drives = drives
        self.contributors = contributors
        self.devices = devices
        self.deviceOfDrive = deviceOfDrive
    }

    private static func ascend(_ drives: [DriveInput]) -> Bool {
        for index in drives.indices.dropFirst() where !drives[index - 1].drive.precedes(drives[index].drive) {
            return false
        }
        return true
    }

    /// The number of the drive with this id; nil where there is none. `expected` is looked at first, as frames of one drive
    /// come one after the other, and the drive behind it next.
    func number(of drive: String, expected: Int) -> Int? {
        for number in [expected, expected + 1]
        where drives.indices.contains(number) && drives[number].drive.hasSameBytes(as: drive) {
            return number
        }
        return drives.place(of: drive) { $0.drive }
    }

    private static func deviceComesFirst(_ left: String?, _ right: String?) -> Bool {
        guard let right else { return false }
        return left.map { $0.precedes(right) } ?? true
    }
}

extension ByteKey {
    /// Whether both are there with the same bytes, or neither is.
    static func isSame(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.hasSameBytes(as: right)
    }
}
