import Imaging
import Testing

@Suite struct CodecVersionsTests {
    @Test func areNumbersWithDots() {
        for version in [CodecVersions.jpeg, CodecVersions.png] {
            #expect(version.split(separator: ".").count >= 3, "\(version)")
            #expect(version.first?.isNumber == true)
        }
    }
}
