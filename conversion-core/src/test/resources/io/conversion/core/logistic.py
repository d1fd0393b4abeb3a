"""Exponentials for LogisticTest, by an implementation that shares nothing with the library.

    python3 logistic.py > logistic.csv

writes 500 doubles from -40 to 700, half of them near 0, and their exponentials, computed with 60 decimal digits, as the
nearest double and the double nearest to what that lacks. All numbers are hexadecimal.
"""

import decimal
import math
import random

decimal.getcontext().prec = 60
STEP = math.log(2) / 128
draw = random.Random(20261122)

numbers = {-40.0, 0.0, 700.0, math.nextafter(-40, 0), math.nextafter(700, 0), 1.0, -1.0, 5e-324, -5e-324}
while len(numbers) < 250:  # of every magnitude
    numbers.add(draw.choice([-1, 1]) * math.ldexp(1 + draw.random(), draw.randint(-60, 1)))
while len(numbers) < 320:  # beside the steps of the table
    number = draw.randint(-7387, 129265) * STEP
    numbers.update({number, math.nextafter(number, 0), math.nextafter(number, 700)})
while len(numbers) < 400:
    numbers.add(draw.uniform(-40, 40))
while len(numbers) < 500:
    numbers.add(draw.uniform(40, 700))

print("x,high,low")
for x in sorted(numbers):
    exact = decimal.Decimal(x).exp()
    high = float(exact)
    low = float(exact - decimal.Decimal(high))
    print(x.hex(), high.hex(), low.hex(), sep=",")
