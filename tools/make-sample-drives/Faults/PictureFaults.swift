extension Fault {
    /// The picture with this fault.
    func spoil(_ picture: Picture) -> Picture {
        switch self {
        case .blurred: picture.blurred(radius: 12)
        case .dark: picture.multiplied(by: 0.05)
        case .overexposed: picture.multiplied(by: 4)
        case .covered(let share): picture.covered(share: share)
        default: picture
        }
    }
}

extension Picture {
    /// The picture with every sample times `factor`, clipped.
    func multiplied(by factor: Float) -> Picture {
        var result = self
        for index in rgb.indices { result.rgb[index] = UInt8(min(255, Float(rgb[index]) * factor)) }
        return result
    }

    /// The picture out of focus: three box filters, which come near to a Gaussian of deviation `radius`.
    func blurred(radius: Int) -> Picture {
        var result = self
        for _ in 0..<3 {
            result.rgb = Self.boxed(
                result.rgb, lines: height, line: width * 3, count: width, stride: 3, radius)
            result.rgb = Self.boxed(
                result.rgb, lines: width, line: 3, count: height, stride: width * 3, radius)
        }
        return result
    }

    /// Means over 2 `radius` + 1 pixels along lines of `count` pixels.
    private static func boxed(
        _ samples: [UInt8], lines: Int, line: Int, count: Int, stride: Int, _ radius: Int
    ) -> [UInt8] {
        var result = samples
        for number in 0..<lines {
            for channel in 0..<3 {
                let start = number * line + channel
                func sample(_ place: Int) -> Int {
                    Int(samples[start + max(0, min(count - 1, place)) * stride])
                }
                var sum = 0
                for place in -radius...radius { sum += sample(place) }
                for place in 0..<count {
                    result[start + place * stride] = UInt8((sum + radius) / (2 * radius + 1))
                    sum += sample(place + radius + 1) - sample(place - radius)
                }
            }
        }
        return result
    }

    /// The picture with a dark flat shape, as of a fallen sun visor, over `share` of it from above.
    func covered(share: Double) -> Picture {
        var result = self
        for row in 0..<height {
            for column in 0..<width {
                // The lower edge is slanted: its middle lies at `share` of the height.
                let edge = Double(height) * (share + 0.08 * (Double(column) / Double(width) - 0.5))
                guard Double(row) < edge else { continue }
                let tone = 58 + (row + column) % 2
                for (channel, tint) in [2, 0, -3].enumerated() {
                    result.rgb[(row * width + column) * 3 + channel] = UInt8(tone + tint)
                }
            }
        }
        return result
    }
}
