// Writes every line of stdin, a JSON text, in canonical form to stdout: what tools/compare_json.py holds against a
// library that shares no code with it. A line that has no canonical form is answered with "!" and the reason.
import Canonical
import Glibc

while let line = readLine() {
    do {
        print(try CanonicalJSON(try JSONReader.read(Array(line.utf8))).text)
    } catch {
        print("! \(error)")
    }
}
