"""Reference numbers for the tests of the core module, by an implementation that shares nothing with it.

    python3 reference.py

prints the digests of the two golden files beside this script, the log-odds of users of the golden model (IEEE doubles
added in the order of the schema, as hex), and logistic functions of doubles rounded from 50 decimal digits. At last it
compares the digests in the files and the golden vectors of the model with what it computes itself, by the algorithm of
docs/model-format.md, and prints OK or the differences.

    python3 reference.py model.json ...

compares the digest and the golden vectors of other models.
"""

import decimal
import hashlib
import json
import math
import pathlib
import struct
import sys

FOLDER = pathlib.Path(__file__).parent
USERS = [  # account_age, content_hours, referrals, price_change, country_tier, channel, device, weekend
    (4, 9.3, 0.7, -5.5, "tier_2", "social", "tv", True),
    (0, None, 0, 0, "tier_1", None, "phone", None),
    (365, 200, 12.5, 19.9, "tier_3", "poster", "watch", False),
    (31, 0.1, 3, -0.3, "tier_1", "café", "console", True),
]
STEPS_PER_UNIT = float.fromhex("0x1.71547652b82fep+7")
LN2_HIGH = float.fromhex("0x1.62e42fp-8")
LN2_LOW = float.fromhex("0x1.df473de6af279p-33")
ROUND = 1.5 * 2**52
LOG_ODDS = [0.0, 1.0, -1.0, 0.1, -2.5, 17.3, 36.7, 37.0, -37.0, 709.5, -709.5, -745.0, -745.2]
SEAMS = [39.99999999999999, 40.0, 40.00000000000001, -699.9999999999999, -700.0, -700.0000000000001]


def canonical(value):
    """Keys sorted by code point, no white space, numbers as the hex of their double bits, -0.0 as 0."""
    if isinstance(value, dict):
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, (str, bool)):
        return json.dumps(value, ensure_ascii=False)
    return struct.pack(">d", value + 0.0).hex()


def digest(content):
    without = {key: value for key, value in content.items() if key != "digest"}
    return "sha256:" + hashlib.sha256(canonical(without).encode()).hexdigest()


def term(signal, shape, value):
    if value is None:
        return shape["missing"]
    if shape["kind"] == "linear":
        if signal["out_of_range"] == "clip":
            value = min(max(value, signal.get("min", -math.inf)), signal.get("max", math.inf))
        return shape["slope"] * (value - shape["centre"])
    if shape["kind"] == "flag":
        return shape["true"] if value else 0.0
    return shape["values"].get(value, shape["unseen"])


def log_odds(model, user):
    total = model["intercept"]
    for signal, shape, value in zip(model["schema"]["signals"], model["shapes"], user):
        total += term(signal, shape, value)
    return total


def logistic(x):
    with decimal.localcontext() as context:
        context.prec = 50
        return float(1 / (1 + (-decimal.Decimal(x)).exp()))


def exp(x):
    """As docs/model-format.md describes it, for arguments from -40 to 700."""
    k = ((x * STEPS_PER_UNIT - 0.5) + ROUND) - ROUND
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    q = r * r
    p = r + q * ((0.5 + r * (1 / 6)) + q * ((1 / 24 + r * (1 / 120)) + q * (1 / 720)))
    with decimal.localcontext() as context:
        context.prec = 50
        power = 2 ** (decimal.Decimal(int(k) % 128) / 128)
        high = float(power)
        low = float(power - decimal.Decimal(high))
    return math.ldexp(high + (low + high * p), int(k) // 128)


def probability(x):
    if x > 40:
        return 1.0
    return 1 / (1 + exp(-x)) if x >= -700 else math.exp(x)


def differences(model):
    """What is not as it is computed here: digests, and the bits of golden vectors."""
    schema = {key: model["schema"][key] for key in ("name", "version", "signals")}
    computed = {
        "/digest": (model["digest"], digest(model)),
        "/schema/digest": (model["schema"]["digest"], digest(schema)),
    }
    names = [signal["name"] for signal in model["schema"]["signals"]]
    for i, golden in enumerate(model["golden"]):
        x = log_odds(model, [golden["signals"].get(name) for name in names])
        p = probability(x)
        if not abs(p - logistic(x)) <= 2 * math.ulp(p):
            yield f"/golden/{i}: the probability {p} is not the logistic function {logistic(x)} of {x}"
        computed[f"/golden/{i}/log_odds"] = (float.fromhex(golden["log_odds"]).hex(), x.hex())
        computed[f"/golden/{i}/probability"] = (float.fromhex(golden["probability"]).hex(), p.hex())
    for pointer, (given, expected) in computed.items():
        if given != expected:
            yield f"{pointer} is {given}, computed is {expected}"


def compare(name, found):
    print(name, "\n  ".join(["differs", *found]) if found else "OK")
    return not found


def load(path):
    return json.loads(pathlib.Path(path).read_text("utf-8"))


if sys.argv[1:]:
    sys.exit(not all([compare(name, list(differences(load(name)))) for name in sys.argv[1:]]))
model = load(FOLDER / "model-format-1.json")
schema = load(FOLDER / "signals-format-1.json")
content = {key: value for key, value in schema.items() if not key.startswith("format")}
print("schema", digest(content))
print("model ", digest(model))
for user in USERS:
    x = log_odds(model, user)
    print(user, x.hex(), logistic(x).hex())
for x in LOG_ODDS + SEAMS:
    print(x, logistic(x).hex())
compare("signals-format-1.json", [] if digest(content) == schema["digest"] else ["/digest is " + schema["digest"]])
compare("model-format-1.json", list(differences(model)))
