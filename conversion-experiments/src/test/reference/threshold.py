"""Reference numbers for DiscontinuityTest.

    /usr/bin/python3 threshold.py

Written with Python 3.11.2 and numpy 1.24.2. The jump is a coefficient of one weighted regression over both sides, with full
matrices: lines on both sides and a covariate with one slope; clusters by the sandwich over what each adds up to. The
bias-corrected jump is that of parabolas when both bandwidths are equal.
"""

import numpy as np

USERS = 400


def users():
    i = np.arange(USERS)
    x = -1 + 2 * (i + 0.5) / USERS + 0.001 * np.sin(i)
    z = np.sin(1.7 * i)
    cluster = (7 * i) % 40
    y = 1 + x + 0.5 * x**2 + 0.8 * (x >= 0) + 0.3 * z + np.cos(2.3 * i) + 0.4 * np.sin(cluster)
    return x, y, z, cluster


def jump(x, y, covariates, order, h, cluster=None):
    weight = np.maximum(0, 1 - np.abs(x) / h)
    near = weight > 0
    x, y, weight = x[near], y[near], weight[near]
    above = x >= 0
    columns = [x**k * side for side in (~above, above) for k in range(order + 1)]
    design = np.column_stack(columns + [c[near] for c in covariates])
    bread = np.linalg.inv(design.T @ (weight[:, None] * design))
    beta = bread @ (design.T @ (weight * y))
    effect = beta[order + 1] - beta[0]
    if cluster is None:
        return effect
    scores = design * (weight * (y - design @ beta))[:, None]
    groups = np.unique(cluster[near])
    sums = np.array([scores[cluster[near] == g].sum(axis=0) for g in groups])
    n, k, g = len(y), design.shape[1], len(groups)
    covariance = bread @ (sums.T @ sums) @ bread * (n - 1) / (n - k) * g / (g - 1)
    contrast = np.zeros(k)
    contrast[order + 1], contrast[0] = 1, -1
    return effect, np.sqrt(contrast @ covariance @ contrast)


x, y, z, cluster = users()
print("lines, clusters", *map(repr, jump(x, y, [], 1, 0.5, cluster)))
print("parabolas, clusters", *map(repr, jump(x, y, [], 2, 0.5, cluster)))
print("lines, covariate", repr(jump(x, y, [z], 1, 0.5)))
