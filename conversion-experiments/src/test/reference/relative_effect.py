"""Smallest relative effects: numbers of SampleSizeTest. Needs scipy; the root of the power of the two-sided test of a lift."""
from math import sqrt

from scipy.optimize import brentq
from scipy.stats import norm


def power(r, mean, v0, v1, n0, n1, alpha):
    error = sqrt(v1 / n1 + (1 + r) ** 2 * v0 / n0) / mean
    critical = norm.isf(alpha / 2)
    return norm.cdf(r / error - critical) + norm.cdf(-r / error - critical)


for mean, v0, v1, n0, n1, alpha, target in [
    (0.12, 0.09, 0.1, 14000, 6000, 0.05, 0.8),
    (0.05, 0.0475, 0.0564, 500, 500, 0.05, 0.8),
    (20, 900, 1600, 300, 700, 0.01, 0.9),
]:
    print(mean, v0, v1, n0, n1, alpha, target, repr(brentq(lambda r: power(r, mean, v0, v1, n0, n1, alpha) - target, 1e-9, 50, xtol=1e-14)))
