"""Reference numbers of ExperimentSizeTest: users of the control group, by solving the power of the test for them.

Run with scipy 1.10: python3 sample_size.py. With k = 1 that is power.prop.test of R with strict = FALSE, whose help page
gives n = 76.7 for p1 = 0.50, p2 = 0.75 and power = 0.90; the first line prints it.
"""
from math import sqrt

from scipy.optimize import brentq
from scipy.stats import norm


def power(n, p, q, k):
    m = (p + k * q) / (1 + k)
    reach = abs(p - q) * sqrt(n) - norm.ppf(0.975) * sqrt(m * (1 - m) * (1 + 1 / k))
    return norm.cdf(reach / sqrt(p * (1 - p) + q * (1 - q) / k))


def users(p, q, k=1, wanted=0.8):
    return brentq(lambda n: power(n, p, q, k) - wanted, 2, 1e9, xtol=1e-10)


print("as R", users(0.5, 0.75, wanted=0.9))
for p, q, k in [(0.5, 0.75, 1), (0.1, 0.11, 1), (0.02, 0.022, 1), (0.27, 0.297, 1), (0.95, 0.955, 1), (0.1, 0.11, 9),
                (0.3, 0.33, 4)]:
    print(p, q, k, users(p, q, k))
