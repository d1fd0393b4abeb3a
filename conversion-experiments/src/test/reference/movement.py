"""What covariates move a difference by: numbers of AdjustmentTest. Needs numpy and scipy; prints three cases."""
import numpy as np
from scipy import stats

i = np.arange(400)
arm = (i * 7 % 10) < 4
x1 = (i * 37 % 101) / 101.0
x2 = np.sqrt(i * 61 % 97)
y = 2 * x1 - 0.3 * x2 + 0.5 * arm + (i * 53 % 89) / 40.0


def movement(*covariates):
    x = np.column_stack(covariates)
    centred = x - x.mean(axis=0)
    theta = np.linalg.lstsq(centred, y - y.mean(), rcond=None)[0]
    foretold = -x @ theta
    test = stats.ttest_ind(foretold[arm], foretold[~arm], equal_var=False)
    return foretold[arm].mean() - foretold[~arm].mean(), test.statistic, test.pvalue


print(repr(movement(x1)))
print(repr(movement(x1, x2)))
test = stats.ttest_ind(x1[arm], x1[~arm], equal_var=False)
print(repr((test.statistic, test.pvalue)))
