"""Reference numbers for the tests of LogisticTrainer, by an implementation that shares nothing with it.

    /usr/bin/python3 logistic.py data > ../resources/io/conversion/model/trial-users.csv
    /usr/bin/python3 logistic.py

Written with Python 3.11.2, numpy 1.24.2, scipy 1.10.1, statsmodels 0.13.5 and scikit-learn 1.2.1. The first command
makes the rows, the second prints intercept and coefficients of each case. A case is solved by Newton's method in numpy
until the gradient is rounding error; statsmodels (no penalty) or scikit-learn (penalty) must agree.
"""

import csv
import pathlib
import sys

import numpy as np
import statsmodels.api as sm
from scipy.optimize import linprog
from sklearn.linear_model import LogisticRegression

USERS = pathlib.Path(__file__).parent / "../resources/io/conversion/model/trial-users.csv"
PLANS = ["basic", "family", "student", "trial"]


def make_users():
    random = np.random.RandomState(7)
    print("sessions,hours,plan,weekend,converted")
    for row in range(60):
        sessions = random.poisson(4)
        hours = np.floor(random.gamma(2, 2) * 4) / 4  # quarters are exact doubles, also far from zero
        plan = random.choice(PLANS[:3], p=[0.5, 0.3, 0.2])
        weekend = random.rand() < 0.4
        log_odds = -1.2 + 0.25 * sessions - 0.3 * hours + {"basic": 0, "family": 0.9, "student": -0.6}[plan] + weekend
        converted = random.rand() < 1 / (1 + np.exp(-log_odds))
        if row in (11, 30, 52):
            plan, converted = "trial", True  # a level with a single outcome
        print(
            sessions,
            "" if row in (3, 17, 18, 41) else hours,
            "" if row in (5, 23, 48) else plan,
            "" if row in (9, 36) else str(weekend).lower(),
            int(converted),
            sep=",",
        )


def read_users():
    with USERS.open() as file:
        return list(csv.DictReader(file))


def numeric(name, standardise=True, low=-np.inf, high=np.inf, of=lambda value: value):
    cells = np.array([of(float(user[name])) if user[name] else np.nan for user in users])
    cells = np.clip(cells, low, high)
    cells[np.isnan(cells)] = np.nanmedian(cells)
    spread = cells.std()
    return cells if not standardise else (cells - cells.mean()) / spread if spread else cells - cells.mean()


def flag(name, negated=False):
    cells = [user[name] for user in users]
    mode = max(["false", "true"], key=cells.count)
    return np.array([((cell or mode) == "true") != negated for cell in cells], float)


def levels(listed, all_levels=False, unseen=None):
    """0/1 columns; an unseen level as the share of each level (None), or as the level that is named."""
    cells = [user["plan"] for user in users]
    mode = max(listed, key=cells.count)
    seen = [cell for cell in cells if cell in listed]
    columns = {}
    for level in listed if all_levels else listed[1:]:
        average = seen.count(level) / len(seen)
        other = average if unseen is None else float(unseen == level)
        columns["plan=" + level] = np.array(
            [other if cell and cell not in listed else float((cell or mode) == level) for cell in cells]
        )
    return columns


def newton(columns, penalty):
    x = np.column_stack(list(columns.values()) + [np.ones(len(outcomes))])
    ridge = np.diag([penalty] * len(columns) + [0.0])
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - outcomes) + ridge @ w
        w -= np.linalg.solve((x.T * (p * (1 - p))) @ x + ridge, gradient)
    assert np.abs(gradient).max() < 1e-11, gradient
    return w


def check(columns, penalty, w):
    x = np.column_stack(list(columns.values()))
    if penalty:
        fit = LogisticRegression(C=1 / penalty, tol=1e-7, max_iter=1000, solver="newton-cg").fit(x, outcomes)
        other = np.append(fit.coef_[0], fit.intercept_)
    else:
        fit = sm.Logit(outcomes, sm.add_constant(x)).fit(method="newton", tol=1e-14, maxiter=100, disp=0)
        other = np.append(fit.params[1:], fit.params[0])
    assert np.abs(w - other).max() < 1e-5 * np.abs(w).max(), (w, other)


def case(title, columns, penalty=1.0, verified=True):
    w = newton(columns, penalty)
    if verified:
        check(columns, penalty, w)
    x = np.column_stack(list(columns.values()) + [np.ones(len(outcomes))])
    loss = np.logaddexp(0, np.where(outcomes == 1, -1, 1) * (x @ w)).sum() + penalty / 2 * (w[:-1] ** 2).sum()
    print("\n" + title, f"objective {float(loss)!r}", sep="\n")
    for name, value in zip(["intercept", *columns], [w[-1], *w[:-1]]):
        print(name, repr(float(value)))


def separated(rows):
    """Whether some direction has no row against it and one along it: a linear program (Konis 2007)."""
    rows = np.array(rows, float)
    signed = np.column_stack([rows[:, :-1], np.ones(len(rows))]) * (2 * rows[:, -1:] - 1)
    solution = linprog(-signed.sum(0), A_ub=-signed, b_ub=np.zeros(len(rows)), bounds=[(-1, 1)] * signed.shape[1])
    return -solution.fun > 1e-9


SEPARATED = {  # the columns, then the outcome
    "complete": [(1, 0), (2, 0), (3, 0), (4, 1), (5, 1), (6, 1)],
    "two rows": [(1, 0), (2, 1)],
    "all but one value": [(1, 0), (2, 0), (3, 0), (3, 1), (5, 1), (6, 1)],
    "lowest value": [(0, 0), (0, 1), (5, 1), (2, 1), (5, 1), (3, 1), (0, 0), (5, 1)],
    "value of a flag": [(1, 1), (1, 0), (1, 1), (0, 0), (0, 0), (1, 1)],
    "two columns together": [(1, 2, 1), (4, 0, 0), (3, 0, 1), (4, 4, 1), (1, 0, 0), (4, 4, 1), (3, 1, 1)],
    "one of two columns": [(0, 1, 0), (0, 2, 1), (0, 3, 0), (0, 4, 1), (1, 1, 1), (1, 2, 1), (1, 3, 1), (0, 2, 0)],
    "the other one alone": [(1, 0), (2, 1), (3, 0), (4, 1), (1, 1), (2, 1), (3, 1), (2, 0)],
    "first level": [(0, 1), (0, 1), (1, 0), (1, 1), (1, 1), (0, 1)],
    "overlap": [(1, 0), (2, 1), (3, 0), (4, 1), (5, 1), (6, 1)],
    "overlap by one row": [(0, 0), (0, 1), (5, 1), (2, 1), (5, 1), (3, 1), (0, 0), (5, 0)],
}

if sys.argv[1:] == ["data"]:
    make_users()
    sys.exit()

users = read_users()
outcomes = np.array([int(user["converted"]) for user in users], float)
sessions, hours, weekend = {"sessions": numeric("sessions")}, {"hours": numeric("hours")}, {"weekend": flag("weekend")}
usual = {**sessions, **hours, **levels(PLANS), **weekend}
estimable = {name: column for name, column in usual.items() if name != "plan=trial"}
raw = {name: numeric(name, standardise=False) for name in ("sessions", "hours")}

case("penalty 1", usual)
case("penalty 0.01", usual, 0.01)
case("no penalty", estimable, 0)
case("standardise(false), penalty 1", {**raw, **levels(PLANS), **weekend})
case("standardise(false), no penalty", {**raw, **{k: v for k, v in estimable.items() if k not in raw}}, 0)
case("allLevels(true), penalty 1", {**sessions, **hours, **levels(PLANS, True), **weekend})
case("duplicated column, penalty 1", {**sessions, "sessions_again": numeric("sessions"), **hours})
case("clip sessions to 2..6, penalty 1", {"sessions": numeric("sessions", low=2, high=6), **hours})
case("unseen average, penalty 1", {**sessions, **levels(PLANS[:3])})
case("unseen average, no penalty", {**sessions, **levels(PLANS[:3])}, 0)
case("unseen as student, penalty 1", {**sessions, **levels(PLANS[:3], unseen="student")})
case("unseen as basic, no penalty", {**sessions, **levels(PLANS[:3], unseen="basic")}, 0)

print("\nmeans and population standard deviations")
for name, column in raw.items():
    print(name, repr(float(column.mean())), repr(float(column.std())), "median", float(np.median(column)))

print("\nseparated")
for title, rows in SEPARATED.items():
    print(title, separated(rows))
