"""Reference numbers for ChiSquareTest, PopulationStabilityTest and CalibrationUnderTreatmentTest.

    /usr/bin/python3 monitoring.py chi-square > ../resources/io/conversion/policy/monitoring/chi-square.csv
    /usr/bin/python3 monitoring.py stability
    /usr/bin/python3 monitoring.py calibration
    /usr/bin/python3 monitoring.py bands
    /usr/bin/python3 monitoring.py simulation        takes five minutes

Written with Python 3.11.2, numpy 1.24.2 and scipy 1.10.1.
"""

import sys

import numpy as np
from scipy.optimize import minimize
from scipy.stats import chi2, norm


def chi_square():
    print("degrees,level,quantile")
    for degrees in [*range(1, 61), 200, 1_000, 10_000]:
        for level in [0.01, 0.5, 0.95, 0.999, 1 - 0.001 / 12, 1 - 1e-9]:
            print(f"{degrees},{level!r},{chi2.ppf(level, degrees)!r}")


def index(reference, observed):
    """Of counts, with half a user of the smaller side in each bin that has any."""
    n, m = np.asarray(reference, float), np.asarray(observed, float)
    some = (n > 0) | (m > 0)
    n, m = n[some], m[some]
    half = 0.5 / min(n.sum(), m.sum())
    p = (n / n.sum() + half) / (1 + half * len(n))
    q = (m / m.sum() + half) / (1 + half * len(m))
    return np.sum((p - q) * np.log(p / q)), len(n)


def stability():
    cases = [
        ([100] * 10, [20] * 10),
        ([100] * 10, [30, 10, 25, 15, 20, 20, 20, 20, 20, 20]),
        ([500, 300, 200, 0], [90, 120, 70, 20]),
        ([4000, 5000, 1000, 0], [300, 600, 0, 0]),
        ([0, 950, 50], [100, 100, 100]),
        ([50000, 30000, 20000], [12000, 9000, 9000]),
    ]
    for reference, observed in cases:
        psi, bins = index(reference, observed)
        chance = (1 / np.sum(reference) + 1 / np.sum(observed)) * chi2.ppf(1 - 0.001 / 12, bins - 1)
        print(reference, observed, repr(psi), bins, repr(max(0.1, chance)), sep=" | ")


def calibration():
    generator = np.random.default_rng(5)
    for users, factor in [(1_000, 1), (5_000, 0.7)]:
        p = np.round(generator.beta(2, 8, users), 6)
        converted = generator.random(users) < p * factor
        e, v, o = p.sum(), (p * (1 - p)).sum(), converted.sum()
        print(users, o, repr(e), repr(v), repr((o - e) / np.sqrt(v)), repr(e / o), sep=" | ")
    print("limit of z^2 at 0.001/7:", repr(norm.isf(0.001 / 7 / 2) ** 2))


def bands():
    """The counts between bounds with the lowest index, by a general optimiser."""
    for observed, least, most, total in [
        ([100.0, 300, 600], [400.0, 0, 0], [1000.0, 600, 600], 1000.0),
        ([100.0, 500, 400], [500.0, 100, 0], [800.0, 500, 200], 1000.0),
    ]:
        q = np.array(observed) / sum(observed)
        found = minimize(
            lambda c: np.sum((c / total - q) * np.log(c / total / q)),
            [total / 3] * 3,
            bounds=[(max(a, 1e-9), b) for a, b in zip(least, most)],
            constraints=[{"type": "eq", "fun": lambda c: c.sum() - total}],
            options={"ftol": 1e-15, "maxiter": 1000},
        )
        print(observed, least, most, found.x.round(2).tolist(), sep=" | ")


def simulation():
    """How often the rule raises an alert with no drift, as a multiple of the stated rate."""
    generator = np.random.default_rng(1)
    populations = {
        "tenths": np.full(10, 0.1),
        "twentieths": np.full(20, 0.05),
        "skewed levels": np.array([0.6, 0.3, 0.09, 0.01]),
        "rare flag": np.array([0.99, 0.01]),
        "seldom flag": np.array([0.95, 0.05]),
        "tenths and missing": np.append(np.full(10, 0.0995), 0.005),
        "rare levels": np.append(np.full(5, 0.19), np.full(5, 0.01)),
        "very rare levels": np.append(np.full(5, 0.199), np.full(5, 0.001)),
    }
    for name, shares in populations.items():
        for total in (1_000, 100_000):
            for observed in sorted({max(200, 20 * len(shares)), 50 * len(shares), 100 * len(shares)}):
                if observed < 200:
                    continue
                n = generator.multinomial(total, shares, size=300_000)
                m = generator.multinomial(observed, shares, size=300_000)
                some = (n + m) > 0
                bins = some.sum(axis=1)
                half = 0.5 / min(total, observed)
                p = (n / total + half) / (1 + half * bins)[:, None]
                q = (m / observed + half) / (1 + half * bins)[:, None]
                psi = np.where(some, (p - q) * np.log(p / q), 0).sum(axis=1)
                for rate in (0.001, 0.001 / 12):
                    limit = (1 / total + 1 / observed) * chi2.isf(rate, np.maximum(bins - 1, 1))
                    alerts = np.mean(psi > np.maximum(0.1, limit))
                    print(f"{name}, N {total:,}, M {observed:,}, rate {rate:.1e}: {alerts / rate:.2f}")


COMMANDS = {
    "chi-square": chi_square,
    "stability": stability,
    "calibration": calibration,
    "bands": bands,
    "simulation": simulation,
}
COMMANDS[sys.argv[1]]()
