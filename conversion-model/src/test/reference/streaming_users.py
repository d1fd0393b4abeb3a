"""Reference numbers for StreamingUsersTest, by an implementation that shares nothing with the Java one.

    /usr/bin/python3 streaming_users.py

Written with Python 3.11.2 and numpy 1.24.2; standard library but for the last line. It repeats java.util.Random, whose
algorithm is part of the Java specification, draws the users as the Javadoc of StreamingUsers says, and prints the first
of them and the SHA-256 of the first 1000 for seed 42; then the rate of conversion, the mean over 20 million users of
another generator.
"""

import hashlib
import math

import numpy as np


class JavaRandom:
    def __init__(self, seed):
        self.state = (seed ^ 0x5DEECE66D) & (1 << 48) - 1
        self.spare = None

    def next(self, bits):
        self.state = (self.state * 0x5DEECE66D + 0xB) & (1 << 48) - 1
        value = self.state >> 48 - bits
        return value - (1 << bits) if value >> bits - 1 and bits == 32 else value

    def below(self, bound):
        while True:
            bits = self.next(31)
            value = bits % bound
            if bits - value + bound - 1 < 1 << 31:
                return value

    def uniform(self):
        return ((self.next(26) << 27) + self.next(27)) * 2.0**-53

    def normal(self):
        if self.spare is not None:
            value, self.spare = self.spare, None
            return value
        while True:
            a, b = 2 * self.uniform() - 1, 2 * self.uniform() - 1
            s = a * a + b * b
            if 0 < s < 1:
                factor = math.sqrt(-2 * math.log(s) / s)
                self.spare = b * factor
                return a * factor


def poisson(random, mean):
    count, product = 0, random.uniform()
    while product > math.exp(-mean):
        count, product = count + 1, product * random.uniform()
    return count


def user(random):
    days = 1 + random.below(59)
    sessions = poisson(random, 3)
    hundredths = round(-1.5 * (math.log(1 - random.uniform()) + math.log(1 - random.uniform())) * 100)
    downloads = poisson(random, 1)
    views = poisson(random, 1.2)
    share = random.uniform()
    tier = 0 if share < 0.35 else 1 if share < 0.75 else 2
    log_odds = 0.3 * sessions + 0.5 * downloads + 0.4 * views + 0.25 * hundredths / 100 - 0.02 * days
    log_odds += (0.8, 0.3, -0.2)[tier] + 0.8 * random.normal()
    converted = random.uniform() < 1 / (1 + math.exp(-log_odds))
    return f"{days},{sessions},{hundredths},{downloads},{views},tier_{tier + 1},{str(converted).lower()}"


random = JavaRandom(42)
lines = [user(random) for _ in range(1000)]
print(*lines[:3], sep="\n")
print(hashlib.sha256("".join(line + "\n" for line in lines).encode()).hexdigest())
print(sum(line.endswith("true") for line in lines), "of 1000 convert")

generator, n = np.random.default_rng(1), 20_000_000
log_odds = 0.3 * generator.poisson(3, n) + 0.5 * generator.poisson(1, n) + 0.4 * generator.poisson(1.2, n)
log_odds += 0.25 * generator.gamma(2, 1.5, n) - 0.02 * generator.integers(1, 60, n) + 0.8 * generator.normal(size=n)
log_odds += np.array([0.8, 0.3, -0.2])[generator.choice(3, n, p=[0.35, 0.40, 0.25])]
print("rate of conversion", (1 / (1 + np.exp(-log_odds))).mean())
