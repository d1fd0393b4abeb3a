"""Reference numbers for ThresholdSearchTest.

    /usr/bin/python3 economics.py

Written with Python 3.11.2, numpy 1.24.2 and scipy 1.10.1. Gains are written from their definition, with logit and expit;
bounds are where brentq finds the difference of the two best ones to be 0.
"""

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit


def relative(by):
    return lambda p: np.minimum(1, p * (1 + by))


def log_odds(by):
    return lambda p: expit(logit(p) + by)


def gains(value, actions):
    """Doing nothing first; an action is its name, contact cost, discount and effect."""
    return [("nothing", lambda p: 0 * p)] + [
        (name, lambda p, cost=cost, discount=discount, q=q: value * (q(p) - p) - cost - q(p) * discount)
        for name, cost, discount, q in actions
    ]


def bands(choices):
    """The best choice on a fine grid, and the bounds between by root finding."""
    grid = np.unique(np.concatenate([np.linspace(1e-7, 1 - 1e-7, 400_001), np.geomspace(1e-7, 1e-2, 10_001)]))
    best = np.argmax([gain(grid) for _, gain in choices], axis=0)
    found = [(0.0, choices[best[0]][0])]
    for i in np.flatnonzero(np.diff(best)):
        below, above = choices[best[i]][1], choices[best[i + 1]][1]
        root = brentq(lambda p: below(p) - above(p), grid[i], grid[i + 1], xtol=1e-16, rtol=1e-15)
        found.append((root, choices[best[i + 1]][0]))
    return found


CASES = {
    "offer and nudge": (40, [("offer", 0.05, 8, relative(0.3)), ("nudge", 0.01, 0, relative(0.08))]),
    "relative": (40, [("offer", 0.05, 8, relative(0.3))]),
    "log-odds": (40, [("offer", 0.5, 4, log_odds(0.7))]),
    "two log-odds": (60, [("offer", 1.5, 6, log_odds(1.2)), ("nudge", 0.1, 1, log_odds(0.25))]),
    "mixed": (100, [("call", 4, 0, log_odds(0.9)), ("mail", 0.2, 0, relative(0.1)), ("coupon", 0.5, 15, relative(0.6))]),
}

for title, (value, actions) in CASES.items():
    choices = gains(value, actions)
    print(title)
    for bound, name in bands(choices):
        print("   ", repr(float(bound)), name)
    p = np.array([0.02, 0.3, 0.75])
    for name, gain in choices[1:]:
        print("    gain of", name, "at 0.02, 0.3, 0.75:", [float(g) for g in gain(p)])
