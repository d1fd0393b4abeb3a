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
