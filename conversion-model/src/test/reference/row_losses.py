"""Mean log losses and their standard errors, for MeanLossTest: run with python3, needs numpy, scikit-learn and statsmodels.

The weighted standard error is the sandwich of a weighted mean: statsmodels' WLS on a constant with HC1.
"""

import numpy as np
import statsmodels.api as sm
from sklearn.metrics import log_loss

LOG_ODDS = np.array([-2.5, -1.0, -0.25, 0.0, 0.5, 1.5, 3.0, -4.0])
CONVERTED = np.array([0, 1, 0, 0, 1, 1, 1, 0])


def report(weight):
    p = 1 / (1 + np.exp(-LOG_ODDS))
    losses = np.where(CONVERTED == 1, -np.log(p), -np.log1p(-p))
    weights = np.where(CONVERTED == 1, weight, 1.0)
    fit = sm.WLS(losses, np.ones(len(losses)), weights=weights).fit(cov_type="HC1")
    mean = log_loss(CONVERTED, p, sample_weight=weights)
    assert abs(mean - fit.params[0]) < 1e-12
    print(weight, repr(float(mean)), repr(float(fit.bse[0])))


report(1.0)
report(0.125)
report(3.0)
