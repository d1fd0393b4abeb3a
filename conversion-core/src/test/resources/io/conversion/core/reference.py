"""Reference numbers for the tests of the core module, by an implementation that shares nothing with it.

    python3 reference.py

prints the digests of the two golden files beside this script, the log-odds of users of the golden model (IEEE doubles
added in the order of the schema, as hex), and logistic functions of doubles rounded from 50 decimal digits.
"""

import decimal
import hashlib
import json
import pathlib
import struct

FOLDER = pathlib.Path(__file__).parent
USERS = [  # account_age, content_hours, referrals, price_change, country_tier, channel, device, weekend
    (4, 9.3, 0.7, -5.5, "tier_2", "social", "tv", True),
    (0, None, 0, 0, "tier_1", None, "phone", None),
    (365, 200, 12.5, 19.9, "tier_3", "poster", "watch", False),
    (31, 0.1, 3, -0.3, "tier_1", "café", "console", True),
]
LOG_ODDS = [0.0, 1.0, -1.0, 0.1, -2.5, 17.3, 36.7, 37.0, -37.0, 709.5, -709.5, -745.0, -745.2]


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


def term(shape, value, levels):
    if value is None:
        return shape["missing"]
    if shape["kind"] == "linear":
        return shape["slope"] * (value - shape["centre"])
    if shape["kind"] == "flag":
        return shape["true"] if value else 0.0
    return shape["values"].get(value, shape["unseen"]) if value in levels else shape["unseen"]


def log_odds(model, user):
    total = model["intercept"]
    for signal, shape, value in zip(model["schema"]["signals"], model["shapes"], user):
        if shape["kind"] == "linear" and value is not None:
            value = min(value, signal["max"]) if signal["out_of_range"] == "clip" else value
        total += term(shape, value, signal.get("levels", []))
    return total


def logistic(x):
    with decimal.localcontext() as context:
        context.prec = 50
        return float(1 / (1 + (-decimal.Decimal(x)).exp()))


model = json.loads((FOLDER / "model-format-1.json").read_text("utf-8"))
schema = json.loads((FOLDER / "signals-format-1.json").read_text("utf-8"))
schema = {key: value for key, value in schema.items() if not key.startswith("format")}
print("schema", digest(schema))
print("model ", digest(model))
for user in USERS:
    x = log_odds(model, user)
    print(user, x.hex(), logistic(x).hex())
for x in LOG_ODDS:
    print(x, logistic(x).hex())
