"""Prints the digest of each entry of a policy history, as docs/policy-history.md defines it.

python3 history-digests.py history-format-1/*.json
"""

import hashlib
import json
import struct
import sys


def canonical(value):
    if isinstance(value, dict):
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return struct.pack(">d", value + 0.0).hex()


def digest(content):
    content = {key: value for key, value in content.items() if key != "digest"}
    return "sha256:" + hashlib.sha256(canonical(content).encode()).hexdigest()


predecessor = None
for name in sorted(sys.argv[1:]):
    with open(name, encoding="utf-8") as file:
        entry = json.load(file)
    assert entry.get("predecessor") == predecessor, name
    if "policy" in entry:
        assert entry["policy"]["digest"] == digest(entry["policy"]), name
        entry["policy"] = entry["policy"]["digest"]
    predecessor = digest(entry)
    assert entry["digest"] == predecessor, name
    print(predecessor)
