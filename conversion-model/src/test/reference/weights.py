"""Reference numbers for ShapeWeightsTest.

    python3 weights.py

Written with Python 3.11.7 and numpy 2.4.6. The weight of a signal is the mean absolute deviation from the mean of what
its shape adds for each training row; medians and modes are those of the reference user. Rows are read anew, and shapes
are written down anew as numpy expressions.
"""

import csv
import pathlib
import statistics

import numpy as np

FILE = pathlib.Path(__file__).parent.parent / "resources/io/conversion/model/trial-users.csv"
with open(FILE, encoding="utf-8") as file:
    rows = list(csv.DictReader(file))


def numbers(name):
    return np.array([float(row[name]) if row[name] else np.nan for row in rows])


def weight(log_odds):
    return repr(float(np.abs(log_odds - log_odds.mean()).mean()))


sessions = np.clip(numbers("sessions"), 1, 5)
hours = numbers("hours")
plans = {"basic": 0.0, "family": 0.75, "": -0.3}  # any other plan is unseen
weekends = {"true": 0.5, "false": 0.0, "": 0.125}
print("sessions clipped", weight(-0.4 * (sessions - 3.7)))
print("hours imputed", weight(np.where(np.isnan(hours), 0.2, 0.15 * (hours - 2.5))))
print("plan unseen and missing", weight(np.array([plans.get(row["plan"], 0.21) for row in rows])))
print("weekend missing", weight(np.array([weekends[row["weekend"]] for row in rows])))
print("median of sessions", statistics.median(numbers("sessions")), "lower", statistics.median_low(numbers("sessions")))
seen = [hour for hour in hours if not np.isnan(hour)]
print("median of hours", statistics.median(seen), "lower", statistics.median_low(seen), "of", len(seen))
print("mode of plan", statistics.mode(row["plan"] for row in rows if row["plan"]))
print("mode of weekend", statistics.mode(row["weekend"] for row in rows if row["weekend"]))
