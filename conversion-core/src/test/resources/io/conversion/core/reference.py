"""Reference numbers for the tests of the core module, by an implementation that shares nothing with it.

    python3 reference.py

prints the digests of the golden files beside this script, the log-odds of users of the golden model (IEEE doubles
added in the order of the schema, as hex), and logistic functions of doubles rounded from 50 decimal digits. At last it
compares the digests in the files and the golden vectors of the models with what it computes itself, by the algorithm of
docs/model-format.md, and prints OK or the differences. All bits must be equal; only the shift to a declared base rate,
whose logarithms are computed with 50 decimal digits here, may differ by 4 units in the last place. The logarithm of
shapes is that of fdlibm's s_log1p.c, and is compared with 50 decimal digits.

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


LP = [float.fromhex(x) for x in (
    "0x1.5555555555593p-1", "0x1.999999997fa04p-2", "0x1.2492494229359p-2", "0x1.c71c51d8e78afp-3",
    "0x1.7466496cb03dep-3", "0x1.39a09d078c69fp-3", "0x1.2f112df3e5244p-3",
)]
LOG2_HIGH = float.fromhex("0x1.62e42feep-1")
LOG2_LOW = float.fromhex("0x1.a39ef35793c76p-33")


def high_word(x):
    return struct.unpack(">i", struct.pack(">d", x)[:4])[0]


def with_high_word(x, high):
    return struct.unpack(">d", struct.pack(">i", high) + struct.pack(">d", x)[4:])[0]


def log1p(x):
    """fdlibm's, for x of at least 0."""
    if x < 2**-29:
        return x if x < 2**-54 else x - x * x * 0.5
    k, f, hu, c = 0, x, 1, 0.0
    if not high_word(x) < 0x3FDA827A:
        u = 1.0 + x if high_word(x) < 0x43400000 else x
        hu = high_word(u)
        k = (hu >> 20) - 1023
        if u is not x:
            c = (1.0 - (u - x) if k > 0 else x - (u - 1.0)) / u
        hu &= 0x000FFFFF
        if hu < 0x6A09E:
            u = with_high_word(u, hu | 0x3FF00000)
        else:
            k += 1
            u = with_high_word(u, hu | 0x3FE00000)
            hu = (0x00100000 - hu) >> 2
        f = u - 1.0
    half = 0.5 * f * f
    if hu == 0:
        if f == 0:
            return k * LOG2_HIGH + (c + k * LOG2_LOW)
        r = half * (1.0 - 0.66666666666666666 * f)
        return k * LOG2_HIGH - ((r - (k * LOG2_LOW + c)) - f)
    s = f / (2.0 + f)
    z = s * s
    r = z * (LP[0] + z * (LP[1] + z * (LP[2] + z * (LP[3] + z * (LP[4] + z * (LP[5] + z * LP[6]))))))
    if k == 0:
        return f - (half - s * (half + r))
    return k * LOG2_HIGH - ((half - (s * (half + r) + (k * LOG2_LOW + c))) - f)


def signed_log(x):
    result = math.copysign(log1p(abs(x)), x)
    with decimal.localcontext() as context:
        context.prec = 50
        exact = float((1 + decimal.Decimal(abs(x))).ln())
    assert abs(abs(result) - exact) <= math.ulp(exact), x
    return result


def between(x, start, end, values):
    """The line through two values, kept between them."""
    value = values[0] + (x - start) / (end - start) * (values[1] - values[0])
    return min(max(value, min(values)), max(values))


def curve(shape, x):
    """What a shape adds for a number inside the range."""
    mass = shape.get("point_mass")
    if mass and x == mass["at"]:
        return mass["value"]
    if shape["kind"] == "linear":
        return shape["slope"] * (x - shape["centre"])
    if shape["kind"] == "log":
        return shape["slope"] * (signed_log(x) - shape["centre"])
    values = shape["values"]
    if shape["kind"] == "steps":
        return values[sum(bound <= x for bound in shape["bounds"])]
    knots = shape["knots"]
    at = sum(knot <= x for knot in knots)
    if at in (0, len(knots)):
        return values[max(at - 1, 0)]
    scale = signed_log if shape["scale"] == "signed_log" else float
    return between(scale(x), scale(knots[at - 1]), scale(knots[at]), values[at - 1 : at + 1])


def term(signal, shape, value):
    if value is None:
        return shape["missing"]
    if signal["kind"] == "numeric":
        if signal["out_of_range"] == "clip":
            value = min(max(value, signal.get("min", -math.inf)), signal.get("max", math.inf))
        return curve(shape, value)
    if shape["kind"] == "flag":
        return shape["true"] if value else 0.0
    return shape["values"].get(value, shape["unseen"])


def calibrated(model, x):
    """Before the shift to a declared base rate."""
    calibration = model.get("calibration", {"kind": "none"})
    if calibration["kind"] == "platt":
        return calibration["slope"] * x + calibration["intercept"]
    if calibration["kind"] == "isotonic":
        raw, values = calibration["raw"], calibration["calibrated"]
        at = sum(point <= x for point in raw)
        if at in (0, len(raw)):
            end = max(at - 1, 0)
            return values[end] + (x - raw[end])
        return between(x, raw[at - 1], raw[at], values[at - 1 : at + 1])
    return x


def shift(model):
    def logit(p):
        return (decimal.Decimal(p) / (1 - decimal.Decimal(p))).ln()

    rate = model["base_rate"]
    with decimal.localcontext() as context:
        context.prec = 50
        return float(logit(rate["declared"]) - logit(rate["training"]))


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
    """As docs/model-arithmetic.md describes it, for arguments from -40 to 700."""
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
        raw = log_odds(model, [golden["signals"].get(name) for name in names])
        x = calibrated(model, raw)
        given = float.fromhex(golden["log_odds"])
        if "base_rate" in model:
            x += shift(model)
            if abs(x - given) <= 4 * math.ulp(max(1, abs(x))):
                x = given
        if "base_rate" in model or "calibration" in model:
            computed[f"/golden/{i}/raw_log_odds"] = (float.fromhex(golden["raw_log_odds"]).hex(), raw.hex())
        p = probability(x)
        if not abs(p - logistic(x)) <= 2 * math.ulp(p):
            yield f"/golden/{i}: the probability {p} is not the logistic function {logistic(x)} of {x}"
        computed[f"/golden/{i}/log_odds"] = (given.hex(), x.hex())
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
compare("lab-model-format-1.json", list(differences(load(FOLDER / "lab-model-format-1.json"))))
