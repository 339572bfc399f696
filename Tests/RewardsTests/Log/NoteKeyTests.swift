import Canonical
import Testing

@testable import Rewards

@Suite("Keys of notes")
struct NoteKeyTests {
    @Test("have the text of the vectors")
    func vectors() throws {
        #expect(try LogFixtures.log().noteKey(.note).vkey == LogFixtures.logKey)
        #expect(try LogFixtures.witness().noteKey(.cosignature).vkey == LogFixtures.witnessKey)
        for text in [LogFixtures.logKey, LogFixtures.witnessKey] {
            #expect(try NoteKey(vkey: text).vkey == text)
        }
    }

    @Test("of one name and two kinds have two ids")
    func kinds() throws {
        let log = try LogFixtures.log()
        #expect(try log.noteKey(.note).id != log.noteKey(.cosignature).id)
    }

    @Test(
        "are refused in any other form",
        arguments: [
            "", "+", "++", "example.org/hive-log", "example.org/hive-log+c6f3343e",
            // Another id, an id in capitals, a cut one.
            "example.org/hive-log+c6f3343f+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
            "example.org/hive-log+C6F3343E+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
            "example.org/hive-log+c6f334+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
            // No name, a name with a space, with a no-break space, another name.
            "+c6f3343e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
            "example.org/hive log+c6f3343e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
            "example.org/hive\u{A0}log+c6f3343e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
            "example.org/hive-lag+c6f3343e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
            // An unknown type, a short key, no base64, padding that is not there.
            "example.org/hive-log+c6f3343e+AgOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
            "example.org/hive-log+c6f3343e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQS",
            "example.org/hive-log+c6f3343e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4=",
            "example.org/hive-log+c6f3343e+", "example.org/hive-log+c6f3343e+AQOhB7_zzhC",
        ])
    func refusals(text: String) {
        #expect(LogFixtures.code { _ = try NoteKey(vkey: text) } == .keyForm)
    }

    @Test("tell apart names that are canonically equivalent")
    func names() throws {
        let key = try #require(SigningKey(seed: Array(0...31)))
        let composed = try NoteSigner(name: "caf\u{E9}", key: key).noteKey(.note)
        let decomposed = try NoteSigner(name: "cafe\u{301}", key: key).noteKey(.note)
        #expect(composed != decomposed)
        #expect(composed.id != decomposed.id)
    }
}
