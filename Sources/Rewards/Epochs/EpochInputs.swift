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

    private let numbers: [ByteKey: Int]

    /// The inputs `drives`, in any order.
    ///
    /// - Throws: ``ManifestError/driveTwice(_:)`` where two have one id.
    init(_ drives: [DriveInput]) throws(ManifestError) {
        let order = drives.indices.sorted { drives[$0].drive.precedes(drives[$1].drive) }
        let drives = order.map { drives[$0] }
        var numbers: [ByteKey: Int] = [:]
        for (number, drive) in drives.enumerated() {
            guard numbers.updateValue(number, forKey: ByteKey(drive.drive)) == nil else {
                throw .driveTwice(drive.drive)
            }
        }
        let byDevice = drives.indices.sorted { left, right in
            let (a, b) = (drives[left], drives[right])
            if !a.contributor.hasSameBytes(as: b.contributor) { return a.contributor.precedes(b.contributor) }
            return Self.deviceComesFirst(a.device, b.device)
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
        self.numbers = numbers
        self.contributors = contributors
        self.devices = devices
        self.deviceOfDrive = deviceOfDrive
    }

    /// The number of the drive with this id; nil where there is none.
    func number(of drive: String) -> Int? { numbers[ByteKey(drive)] }

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
