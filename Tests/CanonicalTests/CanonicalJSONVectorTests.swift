import Testing

@testable import Canonical

/// The test data of RFC 8785's authors (cyberphone/json-canonicalization, `testdata/input` and `testdata/output`).
///
/// Two of the six have fractions, which we refuse: `56.0` is `56` here, and `values` has integers as its numbers.
@Suite("CanonicalJSON: published test data")
struct CanonicalJSONVectorTests {
    static let pairs: [(name: String, input: String, output: String)] = [
        (
            "arrays", "[\n  56,\n  {\n    \"d\": true,\n    \"10\": null,\n    \"1\": [ ]\n  }\n]",
            #"[56,{"1":[],"10":null,"d":true}]"#
        ),
        (
            "french",
            "{\n  \"peach\": \"This sorting order\",\n  \"p\u{E9}ch\u{E9}\": \"is wrong according to French\",\n"
                + "  \"p\u{EA}che\": \"but canonicalization MUST\",\n  \"sin\":   \"ingnore locale\"\n}\n",
            "{\"peach\":\"This sorting order\",\"p\u{E9}ch\u{E9}\":\"is wrong according to French\","
                + "\"p\u{EA}che\":\"but canonicalization MUST\",\"sin\":\"ingnore locale\"}"
        ),
        (
            "structures",
            #"{"1": {"f": {"f": "hi","F": 5} ,"\n": 56},"10": { },"": "empty","a": { },"111": [ { } ],"A": { }}"#,
            #"{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}"#
        ),
        (
            "unicode", #"{"Unnormalized Unicode":"\u1e0d\u0307"}"#,
            "{\"Unnormalized Unicode\":\"\u{1E0D}\u{307}\"}"
        ),
        (
            "values",
            #"""
            {
              "numbers": [-0, 333333333, -9007199254740991, 9007199254740991],
              "escaping": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """#,
            #"{"escaping":"€$\u000f\nA'B\"\\\\\"/","literals":[null,true,false],"#
                + #""numbers":[0,333333333,-9007199254740991,9007199254740991]}"#
        ),
        (
            "weird",
            #"""
            {
              "\u20ac": "Euro Sign",
              "1": "One",
              "\u0080": "Control\u007f",
              "\ud83d\ude02": "Smiley",
              "\u00f6": "Latin Small Letter O With Diaeresis",
              "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "</script>": "Browser Challenge"
            }
            """#,
            "{\"1\":\"One\",\"</script>\":\"Browser Challenge\","
                + "\"\u{80}\":\"Control\u{7F}\",\"\u{F6}\":\"Latin Small Letter O With Diaeresis\","
                + "\"\u{20AC}\":\"Euro Sign\",\"\u{1F602}\":\"Smiley\","
                + "\"\u{FB33}\":\"Hebrew Letter Dalet With Dagesh\"}"
        ),
    ]

    @Test("comes out as published, and stays so", arguments: pairs)
    func pair(name: String, input: String, output: String) throws {
        let made = try CanonicalJSON(JSONReader.read(Array(input.utf8)))
        #expect(made.bytes == Array(output.utf8))
        #expect(try CanonicalJSON(JSONReader.read(made.bytes)).bytes == made.bytes)
    }
}
