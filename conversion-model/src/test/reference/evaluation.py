"""Reference numbers for EvaluationTest.

    /usr/bin/python3 evaluation.py

Written with Python 3.11.2, numpy 1.24.2 and scikit-learn 1.2.1. The expected calibration error, which scikit-learn does
not have, is computed here from its definition.
"""

import numpy as np
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

CASES = {
    "without ties": ([0.9, 0.8, 0.35, 0.6, 0.55, 0.1, 0.45, 0.05], [1, 1, 1, 0, 1, 0, 0, 0]),
    "ties": ([0.5, 0.5, 0.5, 0.2, 0.2, 0.9, 0.9, 0.9, 0.7, 0.7], [1, 0, 1, 0, 1, 1, 0, 1, 0, 0]),
    "one value": ([0.25, 0.25, 0.25, 0.25], [0, 1, 0, 0]),
    "perfect": ([0.1, 0.2, 0.7, 1.0], [0, 0, 1, 1]),
    "reversed": ([0.99, 0.6, 0.3, 0.0], [0, 0, 1, 1]),
    "certain and wrong": ([0.0, 1.0, 0.5, 0.5], [1, 0, 1, 0]),
}


def calibration_error(y, p):
    bins = np.minimum((p * 10).astype(int), 9)
    return sum(
        (bins == b).mean() * abs(p[bins == b].mean() - y[bins == b].mean()) for b in range(10) if (bins == b).any()
    )


for title, (p, y) in CASES.items():
    p, y = np.array(p), np.array(y)
    print("\n" + title)
    print("mean predicted", repr(float(p.mean())))
    print("roc auc", repr(float(roc_auc_score(y, p))))
    print("pr auc", repr(float(average_precision_score(y, p))))
    print("log loss", repr(float(log_loss(y, p, eps=1e-15))))
    print("brier", repr(float(brier_score_loss(y, p))))
    print("ece", repr(float(calibration_error(y, p))))


# What the richer figures are, by scipy, scikit-learn or their definition, on users that EvaluationTest makes, too: the
# minimal standard generator of Park and Miller, of which the first number decides the probability and the second one the
# outcome; probabilities are multiples of 1/50, so that many are tied.

from scipy.stats import ks_2samp, norm
from sklearn.isotonic import IsotonicRegression


def park_miller(count):
    state, numbers = 1, []
    for _ in range(count):
        state = state * 16807 % 2147483647
        numbers.append(state / 2147483647)
    return numbers


def users(rows):
    numbers = park_miller(3 * rows)
    p = np.array([int(numbers[3 * i] * 50) / 50 for i in range(rows)])
    other = np.array([int((0.5 * numbers[3 * i] + 0.5 * numbers[3 * i + 2]) * 50) / 50 for i in range(rows)])
    y = np.array([1 if numbers[3 * i + 1] < 0.1 + 0.6 * p[i] ** 2 else 0 for i in range(rows)])
    return p, other, y


def placements(p, y):
    """By DeLong, DeLong and Clarke-Pearson (1988): for each converter and each other user the share of pairs won."""
    x, z = p[y == 1], p[y == 0]
    psi = (x[:, None] > z) + 0.5 * (x[:, None] == z)
    return psi.mean(), psi.mean(1), psi.mean(0)


p, other, y = users(500)
auc, v10, v01 = placements(p, y)
variance = v10.var(ddof=1) / len(v10) + v01.var(ddof=1) / len(v01)
logit, half = np.log(auc / (1 - auc)), norm.ppf(0.975) * np.sqrt(variance) / (auc * (1 - auc))
print("\nricher figures: rows", len(y), "positives", y.sum())
print("auc", repr(auc), [repr(1 / (1 + np.exp(-(logit + s * half)))) for s in (-1, 1)])
r = IsotonicRegression().fit(p, y).predict(p)
brier, recalibrated, uncertainty = ((p - y) ** 2).mean(), ((r - y) ** 2).mean(), y.mean() * (1 - y.mean())
print("brier parts", repr(brier - recalibrated), repr(uncertainty - recalibrated), repr(uncertainty))
print("ks", repr(ks_2samp(p[y == 1], p[y == 0]).statistic))
for t in (0.3, 0.62):
    chosen = p >= t
    benefit = (chosen & (y == 1)).mean() - (chosen & (y == 0)).mean() * t / (1 - t)
    print("at", t, chosen.sum(), (chosen & (y == 1)).sum(), "net benefit", repr(benefit))

# The paired difference: DeLong's covariance of both areas is what a bootstrap of many resamples comes near.
auc2, w10, w01 = placements(other, y)
difference = (v10 - w10).var(ddof=1) / len(v10) + (v01 - w01).var(ddof=1) / len(v01)
print("difference of auc", repr(auc - auc2), "standard error", repr(np.sqrt(difference)))
clip = lambda q: np.clip(q, 1e-15, 1 - 1e-15)
loss = lambda q: -np.where(y == 1, np.log(clip(q)), np.log(clip(1 - q)))
inner = lambda q: 0.01 + 0.98 * q
d = loss(inner(p)) - loss(inner(other))
print("difference of log loss", repr(d.mean()), "standard error", repr(d.std(ddof=1) / np.sqrt(len(d))))
d = (p - y) ** 2 - (other - y) ** 2
print("difference of brier", repr(d.mean()), "standard error", repr(d.std(ddof=1) / np.sqrt(len(d))))

# Tenths of the users, where bins of equal width would all but hold everybody.
from sklearn.calibration import calibration_curve
i = np.arange(1000)
p = np.where(i < 500, 0.01 + 1e-6 * i, 0.03 + 1e-6 * i)
y = np.where(i < 500, i % 33 == 0, i % 100 == 0).astype(int)
observed, predicted = calibration_curve(y, p, n_bins=10, strategy="quantile")
print("calibration error of tenths", repr(np.abs(observed - predicted).mean()))
