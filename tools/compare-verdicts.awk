# Holds what became of the sample's frames against SampleDrives/expected.json.
#
#   awk -f compare-verdicts.awk expected.json reasons.jsonl frames.jsonl
#
# reasons.jsonl has the quarantine's reason.json files, frames.jsonl the records of 'waggle drive show --json'.
# All three have one object a line and no escapes in the members that count here, so no JSON parser is needed.
# Ends with 1 and one line for each difference where there is any.

# The string member `key` of the line; "" where there is none.
function member(line, key,   start) {
    key = "\"" key "\":\""
    start = index(line, key)
    if (start == 0) return ""
    line = substr(line, start + length(key))
    return substr(line, 1, index(line, "\"") - 1)
}

function differs(text) {
    print "  " text
    differences++
}

FNR == 1 { file++ }

# expected.json: frames first, then the line that names their upload.
file == 1 && index($0, "{\"name\":") == 1 || file == 1 && index($0, "{\"group\":") == 1 {
    waiting[++held] = $0
    next
}
file == 1 && index($0, "{\"contributor\":") == 1 { contributor = member($0, "contributor") }
file == 1 && index($0, "\"outcome\":") {
    upload = contributor "/" member($0, "upload")
    if (member($0, "outcome") == "quarantined") refused[upload] = member($0, "reason")
    for (i = 1; i <= held; i++) {
        frame = upload " " member(waiting[i], "name")
        verdict[frame] = member(waiting[i], "verdict")
        rule[frame] = member(waiting[i], "rule")
        group[frame] = member(waiting[i], "group")
        frames++
    }
    held = 0
}

file == 2 {
    upload = member($0, "contributor") "/" member($0, "upload")
    code = member($0, "code")
    if (!(upload in refused)) differs(upload ": quarantined (" code "), expected to be read")
    else if (refused[upload] != code) differs(upload ": " code ", expected " refused[upload])
    quarantined[upload] = 1
}

file == 3 && member($0, "type") == "frame" {
    frame = member($0, "contributor") "/" member($0, "source") " " member($0, "file")
    seen[frame] = 1
    got = member($0, "verdict")
    by = member($0, "rule")
    if (!(frame in verdict)) differs(frame ": " got ", but expected.json does not have it")
    else if (verdict[frame] == "one_of") {
        groups[group[frame]] = 1
        if (got == "accepted") chosen[group[frame]]++
        else if (got != "duplicate" || by != rule[frame]) differs(frame ": " got " " by ", expected one of a stop")
    } else if (got != verdict[frame] || by != rule[frame]) {
        differs(frame ": " got " " by ", expected " verdict[frame] " " rule[frame])
    }
}

function count(set,   key, n) {
    for (key in set) n++
    return n + 0
}

END {
    for (frame in verdict) if (!(frame in seen)) differs(frame ": no verdict at all")
    for (upload in refused) if (!(upload in quarantined)) differs(upload ": read, expected " refused[upload])
    for (name in groups) if (chosen[name] != 1) differs(name ": " chosen[name] + 0 " frames accepted, expected 1")
    if (frames == 0) differs("expected.json has no frames")
    if (differences) exit 1
    print "All " frames " frames and " count(refused) " quarantined uploads are as expected.json demands."
}
