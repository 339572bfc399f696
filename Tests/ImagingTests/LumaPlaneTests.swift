import Imaging
import Testing

@Suite struct LumaPlaneTests {
    @Test func holdsWhatItsSizeSays() throws {
        let plane = try #require(LumaPlane(width: 3, height: 2, samples: [1, 2, 3, 4, 5, 6]))
        #expect([plane.width, plane.height] == [3, 2])
    }

    @Test(arguments: [(0, 0), (3, 1), (-3, -2), (2, 2), (.max, .max), (.max, 6)])
    func refusesOtherSizes(width: Int, height: Int) {
        #expect(LumaPlane(width: width, height: height, samples: [1, 2, 3, 4, 5, 6]) == nil)
        #expect(LumaPlane(width: width, height: height, samples: []) == nil)
    }
}
