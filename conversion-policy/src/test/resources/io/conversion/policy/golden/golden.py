"""Golden decisions: models, policies, users, and what must be decided on them, to the bit.

    python3 golden.py

scores and decides on all users of this folder by an implementation that shares nothing with the library: log-odds are
IEEE doubles added in the order of the schema, the probability is computed by the algorithm of docs/model-arithmetic.md
(below log-odds of -700 by that of fdlibm's e_exp.c), and compared with 50 decimal digits. It checks the digests and
golden vectors of the artifacts, too, and prints OK or what differs.

    python3 golden.py --write

makes the artifacts, the users and decisions.txt anew, always the same.
"""

import decimal
import hashlib
import json
import math
import pathlib
import random
import re
import struct
import sys

FOLDER = pathlib.Path(__file__).parent
NAMES = ["scorecard", "trained", "wide"]


# Scores and decisions.

STEPS_PER_UNIT = float.fromhex("0x1.71547652b82fep+7")
LN2_HIGH = float.fromhex("0x1.62e42fp-8")
LN2_LOW = float.fromhex("0x1.df473de6af279p-33")
ROUND = float.fromhex("0x1.8p52")
decimal.getcontext().prec = 50
POWERS = [2 ** (decimal.Decimal(i) / 128) for i in range(128)]
HIGH = [float(power) for power in POWERS]
LOW = [float(power - decimal.Decimal(high)) for power, high in zip(POWERS, HIGH)]


def exp(x):
    k = ((x * STEPS_PER_UNIT - 0.5) + ROUND) - ROUND
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    q = r * r
    p = r + q * ((0.5 + r * (1 / 6)) + q * ((1 / 24 + r * (1 / 120)) + q * (1 / 720)))
    i = int(k) % 128
    return math.ldexp(HIGH[i] + (LOW[i] + HIGH[i] * p), int(k) // 128)


def fdlibm_exp(x):
    """For x below -1."""
    if x < -7.45133219101941108420e02:
        return 0.0
    k = int(1.44269504088896338700e00 * x - 0.5)
    high = x - k * 6.93147180369123816490e-01
    low = k * 1.90821492927058770002e-10
    x = high - low
    t = x * x
    p5 = 4.13813679705723846039e-08
    p4 = -1.65339022054652515390e-06 + t * p5
    p3 = 6.61375632143793436117e-05 + t * p4
    p2 = -2.77777777770155933842e-03 + t * p3
    c = x - t * (1.66666666666666019037e-01 + t * p2)
    y = 1.0 - ((low - (x * c) / (2.0 - c)) - high)
    return math.ldexp(y, k) if k >= -1021 else math.ldexp(y, k + 1000) * 2.0**-1000


def probability(x):
    if math.isnan(x):
        return x
    if x > 40:
        return 1.0
    return 1 / (1 + exp(-x)) if x >= -700 else fdlibm_exp(x)


def accepts(signal, value):
    if value is None:
        return signal["missing"] == "impute"
    if signal["kind"] == "numeric":
        inside = signal.get("min", -math.inf) <= value <= signal.get("max", math.inf)
        whole = not signal.get("whole") or value == math.floor(value)
        return whole and (inside or signal["out_of_range"] == "clip")
    return signal["kind"] == "flag" or value in signal["levels"] or signal["unseen"] != "refuse"


def term(signal, shape, value):
    if value is None:
        return shape["missing"]
    if shape["kind"] == "linear":
        value = min(max(float(value), signal.get("min", -math.inf)), signal.get("max", math.inf))
        return shape["slope"] * (value - shape["centre"])
    if shape["kind"] == "flag":
        return shape["true"] if value else 0.0
    return shape["values"].get(value, shape["unseen"])


def is_observed(shape, value):
    if value is None or shape["kind"] != "levels":
        return value is not None
    return value in shape["values"] and value not in shape.get("not_estimated", [])


def suffices(model, user):
    minimum = model.get("minimum_evidence", {})
    total = seen = 0.0
    for shape in model["shapes"]:
        observed = is_observed(shape, user.get(shape["signal"]))
        total += shape["weight"]
        seen += shape["weight"] if observed else 0.0
        if not observed and shape["signal"] in minimum.get("required", []):
            return False
    return (1.0 if total == 0 else seen / total) >= minimum.get("observed_share", 0)


def score(model, user):
    """The log-odds; None if the schema refuses the user."""
    signals = model["schema"]["signals"]
    if not all(accepts(signal, user.get(signal["name"])) for signal in signals):
        return None
    total = model["intercept"]
    for signal, shape in zip(signals, model["shapes"]):
        total += term(signal, shape, user.get(signal["name"]))
    return total


def decide(model, policy, user):
    x = score(model, user)
    if x is None:
        return "- - INVALID_SIGNALS"
    p = probability(x)
    if not math.isfinite(x):
        answer = "UNDEFINED_PROBABILITY"
    elif not suffices(model, user):
        answer = "INSUFFICIENT_EVIDENCE"
    else:
        answer = [band["segment"] for band in policy["bands"] if band["from"] <= p][-1]
    return f"{java_hex(x)} {java_hex(p)} {answer}"


def java_hex(x):
    """As Double.toHexString writes it."""
    if not math.isfinite(x):
        return "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"
    head, digits, exponent = re.fullmatch(r"(-?0x[01])\.([0-9a-f]+)p([+-]\d+)", x.hex()).groups()
    return f"{head}.{digits.rstrip('0') or '0'}p{int(exponent)}"


def decisions():
    lines = []
    for name in NAMES:
        model, policy = load(f"{name}-model.json"), load(f"{name}-policy.json")
        for i, user in enumerate(users(name)):
            lines.append(f"{name} {i} {decide(model, policy, user)}")
    text = "".join(line + "\n" for line in lines)
    return text + "sha256 " + hashlib.sha256(text.encode()).hexdigest() + "\n"


def users(name):
    return [json.loads(line) for line in read(f"{name}-users.jsonl").splitlines()]


# Checks.


def differences():
    if read("decisions.txt") != decisions():
        yield "decisions.txt is not what is computed here"
    for name in NAMES:
        model, policy = load(f"{name}-model.json"), load(f"{name}-policy.json")
        schema = {key: model["schema"][key] for key in ("name", "version", "signals")}
        for what, content in (("model", model), ("policy", policy), ("schema", model["schema"])):
            if content["digest"] != digest(schema if what == "schema" else content):
                yield f"the digest of {what} {name} is {content['digest']}"
        for i, golden in enumerate(model["golden"]):
            x = score(model, golden["signals"])
            if (golden["log_odds"], golden["probability"]) != (java_hex(x), java_hex(probability(x))):
                yield f"golden vector {i} of {name} is {x}, {probability(x)} here"
        for user in users(name):
            x = score(model, user)
            if x is not None and math.isfinite(x):
                p = probability(x)
                exact = float(1 / (1 + (-decimal.Decimal(max(x, -1000.0))).exp()))
                if abs(p - exact) > 2 * math.ulp(exact):
                    yield f"the probability {p} of {user} is not the logistic function {exact} of {x}"


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


def read(name):
    return (FOLDER / name).read_text("utf-8")


def load(name):
    return json.loads(read(name))


# The artifacts and the users.


def numeric(name, missing="refuse", out_of_range="refuse", **more):
    return {"name": name, "kind": "numeric", "missing": missing, "out_of_range": out_of_range, **more}


def categorical(name, levels, missing="refuse", unseen="refuse", **more):
    return {"name": name, "kind": "categorical", "levels": levels, "missing": missing, "unseen": unseen, **more}


def flag(name, missing="refuse"):
    return {"name": name, "kind": "flag", "missing": missing}


def linear(signal, slope, centre, missing=0.0, weight=1.0):
    return {"signal": signal, "kind": "linear", "slope": slope, "centre": centre, "missing": missing, "weight": weight}


def levels(signal, values, unseen=0.0, missing=0.0, weight=1.0, **more):
    shape = {"signal": signal, "kind": "levels", "values": values, "unseen": unseen, "missing": missing}
    return {**shape, "weight": weight, **more}


def truth(signal, value, missing=0.0, weight=1.0):
    return {"signal": signal, "kind": "flag", "true": value, "missing": missing, "weight": weight}


def model(name, signals, intercept, shapes, reference_user, some_users, **more):
    schema = {"name": name, "version": "1", "signals": signals}
    made = {"format": "conversion-model", "format_version": 1, "name": name, "version": "1"}
    made |= {"schema": {**schema, "digest": digest(schema)}, "intercept": intercept, "shapes": shapes}
    made |= {"reference_user": reference_user, **more}
    scored = [(user, score(made, user)) for user in some_users]
    made["golden"] = [
        {"signals": user, "log_odds": java_hex(x), "probability": java_hex(probability(x))}
        for user, x in scored
        if x is not None and math.isfinite(x)
    ][:8]
    return {**made, "digest": digest(made)}


def policy(name, model_reference, *bands):
    made = {"format": "conversion-policy", "format_version": 1, "name": name + "-offers", "version": "1"}
    made["model"] = model_reference
    made["bands"] = [{"segment": segment, "from": start, "action": "do_" + segment} for segment, start in bands]
    made["fallback"] = {"action": "do_nothing"}
    return {**made, "digest": digest(made)}


def scorecard():
    """By hand, with few digits: every combination, and users who are refused."""
    some = [
        {"sessions_7d": sessions, "plan": plan, "weekend": weekend}
        for sessions in (0, 3, 12, 50)
        for plan in ("month", "year")
        for weekend in (True, False)
    ]
    bad = [{"sessions_7d": 51}, {"sessions_7d": -1}, {"sessions_7d": 2.5}, {"plan": "decade"}, {"plan": "Month"}]
    some += [{**some[0], **faulty} for faulty in bad] + [{"plan": "year", "weekend": True}, {}]
    made = model(
        "scorecard",
        [
            numeric("sessions_7d", whole=True, min=0.0, max=50.0),
            categorical("plan", ["month", "year"]),
            flag("weekend"),
        ],
        -1.25,
        [
            linear("sessions_7d", 0.125, 4.0),
            levels("plan", {"month": 0.0, "year": 0.75}),
            truth("weekend", -0.5),
        ],
        {"sessions_7d": 4.0, "plan": "month", "weekend": False},
        some,
    )
    # 12 sessions, a year and no weekend have log-odds 0.5; the bound is that probability to the bit.
    bound = probability(0.5)
    bands = [("low", 0.0), ("just_below", bound - 2**-52), ("medium", bound), ("high", 0.9)]
    return made, policy("scorecard", {"name": "scorecard", "digest": made["digest"]}, *bands), some


def trained():
    """With coefficients of all digits as a training gives them, and a rule for each kind of value that is not clean."""
    source = random.Random(3)
    tiers = {"tier_1": 0.0, "tier_2": -0.38217459301846475, "tier_3": -1.0429517718346923, "tier_4": 0.0}
    channels = {"search": 0.0, "social": 0.21938475610293847, "café": -0.5518273645091827}
    devices = {"phone": 0.0, "tv": 0.6172839450617284, "console": 0.0}

    def user():
        drawn = {
            "account_age": source.choice([source.randint(0, 400), source.randint(3000, 4000)]),
            "content_hours": source.choice([source.gauss(20, 15), source.uniform(-50, 300)]),
            "referrals": round(source.expovariate(0.8), 3) - (source.random() < 0.02),
            "price_change": source.gauss(0, 9),
            "country_tier": source.choice([*tiers, "tier_1", "tier_2"]),
            "channel": source.choice([*channels, "poster"]),
            "device": source.choice([*devices, "watch", "phone", "phone"]),
            "weekend": source.random() < 0.3,
            "email_verified": source.random() < 0.8,
        }
        return {name: value for name, value in drawn.items() if source.random() > 0.08}

    some = [user() for _ in range(240)]
    made = model(
        "trained",
        [
            numeric("account_age", "impute", "clip", unit="days", whole=True, min=0.0, max=3650.0),
            numeric("content_hours", "impute", "clip", unit="hours", min=0.0, max=168.0, actionable=True),
            numeric("referrals", "impute", min=0.0),
            numeric("price_change", "impute", "clip", unit="%", max=20.0, hidden=True),
            categorical("country_tier", list(tiers), "impute"),
            categorical("channel", list(channels), "impute", "average"),
            categorical("device", list(devices), "impute", "level", unseen_level="phone"),
            flag("weekend", "impute"),
            flag("email_verified", "impute"),
        ],
        -1.7320508075688772,
        [
            linear("account_age", -0.0007393715341959335, 411.3391726482201, 0.0411926, 0.3027719),
            linear("content_hours", 0.04518273645546371, 21.718281828459045, -0.11830012345678901, 0.5182736),
            linear("referrals", 0.7182818284590452, 1.2020569031595942, -0.2158273645546371, 0.6448373),
            linear("price_change", -0.03141592653589793, 0.5772156649015329, 0.01813378912345678, 0.2213984),
            levels("country_tier", tiers, 0.0, -0.19182736455463728, 0.35172839, not_estimated=["tier_4"]),
            levels("channel", channels, -0.0627182736455463, 0.0, 0.20394857),
            levels("device", devices, 0.0, 0.1029384756019283, 0.2938475, not_estimated=["console"]),
            truth("weekend", 0.14159265358979312, 0.0, 0.05918273),
            truth("email_verified", 0.9182736455463728, 0.9182736455463728, 0.2593811),
        ],
        {
            "account_age": 301.0,
            "content_hours": 19.25,
            "referrals": 0.866,
            "price_change": 0.125,
            "country_tier": "tier_1",
            "channel": "search",
            "device": "phone",
            "weekend": False,
            "email_verified": True,
        },
        some,
        minimum_evidence={"required": ["content_hours"], "observed_share": 0.75},
        training={
            "published": "2026-11-22T09:30:00.125Z",
            "label": "converted",
            "positive": "yes",
            "excluded": ["user_id"],
            "rows": 12000,
            "positives": 1380,
            "data_digest": "sha256:" + "5" * 64,
            "penalty": 0.1,
            "standardised": True,
            "software": {"java": "17"},
            "warnings": ['level "tier_4" of signal "country_tier" has no estimate'],
        },
    )
    bands = [("low", 0.0), ("medium", 0.2), ("high", 0.45), ("sure", 0.7)]
    return made, policy("trained", {"name": "trained"}, *bands), some


def wide():
    """Numbers of every magnitude: all branches of the probability, cancellation, subnormals and overflow."""
    source = random.Random(4)
    slopes = {"huge": 2.7182818284590452e-290, "tiny": -3.3333333333333335e295, "far": 0.001220703125, "near": 1.0}

    def user():
        reach = source.choice([1, 10, 40, 100, 400, 760])
        drawn = {
            "huge": source.uniform(-reach, reach) / 2.7182818284590452e-290,
            "tiny": source.uniform(-reach, reach) / 3.3333333333333335e295,
            "far": 1e15 + source.randint(-1000, 1000) * source.choice([0.125, 1, 100]),
            "near": source.choice([0.0, 5e-324, 1e-16, source.gauss(0, 3)]),
        }
        if source.random() < 0.08:
            drawn["huge"] = source.choice([-1e308, 1e308, 1.7976931348623157e308])
        if source.random() < 0.08:
            drawn["tiny"] = source.choice([1e300, -1e300, 1e20])
        return drawn

    some = [user() for _ in range(200)]
    # Log-odds at the seams of the probability, and on both sides of them.
    seams = [40.0, -40.0, -700.0, -708.4, -709.8, -744.4, -745.0, -745.2, 36.7, 37.0]
    still = {"huge": 0.0, "tiny": 0.0, "far": 1e15}
    for seam in seams:
        for x in (math.nextafter(seam, -math.inf), seam, math.nextafter(seam, math.inf)):
            some.append({**still, "near": x})
    made = model(
        "wide",
        [numeric(name) for name in slopes],
        5.551115123125783e-17,
        [linear(name, slope, 1e15 if name == "far" else 0.0) for name, slope in slopes.items()],
        {"huge": 0.0, "tiny": 0.0, "far": 1e15, "near": 1.0},
        some,
    )
    bands = [("never", 0.0), ("subnormal", 5e-324), ("rare", 2.2250738585072014e-308), ("low", 1e-9)]
    bands += [("even", 0.5), ("high", 0.999), ("almost", 0.9999999999999998), ("sure", 1.0)]
    return made, policy("wide", {"name": "wide"}, *bands), some


def write(name, text):
    (FOLDER / name).write_text(text, "utf-8")


if sys.argv[1:] == ["--write"]:
    for name, make in zip(NAMES, (scorecard, trained, wide)):
        made, offers, some = make()
        write(f"{name}-model.json", json.dumps(made, ensure_ascii=False, indent=1))
        write(f"{name}-policy.json", json.dumps(offers, ensure_ascii=False, indent=1))
        write(f"{name}-users.jsonl", "".join(json.dumps(user, ensure_ascii=False) + "\n" for user in some))
    write("decisions.txt", decisions())
found = list(differences())
print("\n".join(found) if found else "OK")
sys.exit(bool(found))
