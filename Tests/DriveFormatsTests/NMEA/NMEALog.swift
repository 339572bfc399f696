/// Makes NMEA 0183 logs.
enum NMEALog {
    /// `$body*hh` with its checksum, and the end of the line.
    static func sentence(_ body: String) -> String {
        let sum = body.utf8.reduce(0 as UInt8, ^)
        let digits = String(sum, radix: 16, uppercase: true)
        return "$\(body)*\(digits.count < 2 ? "0" : "")\(digits)\r\n"
    }

    /// Position, speed and date at `time`, which is `hhmmss`.
    static func rmc(_ time: String, _ date: String = "230394", status: String = "A", talker: String = "GP")
        -> String
    {
        sentence("\(talker)RMC,\(time),\(status),4807.038,N,01131.000,E,022.4,084.4,\(date),003.1,W")
    }

    /// Position and dilution at `time`.
    static func gga(_ time: String, quality: Int = 1, talker: String = "GP") -> String {
        sentence("\(talker)GGA,\(time),4807.038,N,01131.000,E,\(quality),08,0.9,545.4,M,46.9,M,,")
    }

    /// A UBX frame with `payload`.
    static func frame(_ payload: [UInt8]) -> [UInt8] {
        let body = [0x01, 0x07, UInt8(payload.count & 0xFF), UInt8(payload.count >> 8)] + payload
        var (first, second) = (0, 0)
        for byte in body {
            first = (first + Int(byte)) % 256
            second = (second + first) % 256
        }
        return [0xB5, 0x62] + body + [UInt8(first), UInt8(second)]
    }
}
