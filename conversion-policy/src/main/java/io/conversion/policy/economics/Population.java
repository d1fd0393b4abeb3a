package io.conversion.policy.economics;

import io.conversion.policy.internal.Wording;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The calibrated probabilities of a group of users, on which bounds are tuned or reported. Immutable.
 */
public final class Population {

    /** The most users of a population. */
    public static final int LARGEST = 100_000_000;

    private final String name;
    private final double[] probabilities;
    private final int[] users;
    private final int size;

    private Population(String name, Map<Double, Integer> users) {
        this.name = name;
        this.probabilities =
                users.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        this.users = users.values().stream().mapToInt(Integer::intValue).toArray();
        this.size = Arrays.stream(this.users).sum();
    }

    /**
     * Makes a population of one probability for each user.
     *
     * @param name what it is called, in results and rationales
     * @param probabilities the probabilities in any order, 0 to 1
     * @return the population
     * @throws IllegalArgumentException if there is no user, or a probability is not from 0 to 1
     */
    public static Population of(String name, double... probabilities) {
        int[] users = new int[probabilities.length];
        Arrays.fill(users, 1);
        return ofHistogram(name, probabilities, users);
    }

    /**
     * Makes a population of how many users have each probability.
     *
     * @param name what it is called, in results and rationales
     * @param probabilities the probabilities in any order, 0 to 1; a repeated one counts together
     * @param users how many users have each, at least 0
     * @return the population
     * @throws IllegalArgumentException if the arrays are not of one length, there is no user or more than
     *     {@value #LARGEST}, a number of users is negative, or a probability is not from 0 to 1
     */
    public static Population ofHistogram(String name, double[] probabilities, int[] users) {
        Limit.requireName("the name of the population", name);
        if (probabilities.length != users.length) {
            throw new IllegalArgumentException("population " + Wording.quoted(name) + " has " + probabilities.length
                    + " probabilities and " + users.length + " numbers of users; give one number of users for each");
        }
        Map<Double, Integer> byProbability = new TreeMap<>();
        long size = 0;
        for (int i = 0; i < users.length; i++) {
            if (!(probabilities[i] >= 0 && probabilities[i] <= 1) || users[i] < 0) {
                throw new IllegalArgumentException("population " + Wording.quoted(name) + ": at " + i + ", " + users[i]
                        + " users have the probability " + probabilities[i]
                        + "; expected at least 0 users and a probability from 0 to 1");
            }
            size += users[i];
            if (size > LARGEST) {
                break;
            } else if (users[i] > 0) {
                // Adding 0 makes 0 of -0, which a map would keep apart.
                byProbability.merge(probabilities[i] + 0.0, users[i], Integer::sum);
            }
        }
        if (size == 0 || size > LARGEST) {
            throw new IllegalArgumentException("population " + Wording.quoted(name) + " has "
                    + (size == 0 ? "no user" : "more than " + LARGEST + " users") + "; expected 1 to " + LARGEST);
        }
        return new Population(name, byProbability);
    }

    /**
     * Splits the users at random into halves without a user in common: sorted by probability, they are shuffled by
     * Fisher and Yates from the highest position down with a {@link SplittableRandom} of the seed; the first half, with
     * the odd user if there is one, is to tune on and the other to report on.
     *
     * @param seed the seed
     * @return the half to tune on, named {@code ..., tuning half}, and the half to report on, named {@code ...,
     *     reporting half}
     * @throws IllegalArgumentException if there is one user only
     */
    public List<Population> halves(long seed) {
        if (size < 2) {
            throw new IllegalArgumentException("population " + Wording.quoted(name)
                    + " has one user, and two are needed to tune and report on others");
        }
        int[] shuffled = owners();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = swapped;
        }
        int half = (size + 1) / 2;
        return List.of(
                named(name + ", tuning half", Arrays.copyOf(shuffled, half)),
                named(name + ", reporting half", Arrays.copyOfRange(shuffled, half, size)));
    }

    private Population named(String half, int[] owners) {
        int[] counts = new int[users.length];
        for (int owner : owners) {
            counts[owner]++;
        }
        return ofHistogram(half, probabilities, counts);
    }

    /** For each user the index of the probability, ascending. */
    int[] owners() {
        int[] owners = new int[size];
        int user = 0;
        for (int i = 0; i < users.length; i++) {
            Arrays.fill(owners, user, user + users[i], i);
            user += users[i];
        }
        return owners;
    }

    /**
     * What the population is called.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * How many users there are.
     *
     * @return the number, at least 1
     */
    public int size() {
        return size;
    }

    /** The distinct probabilities, ascending; not to be changed. */
    double[] probabilities() {
        return probabilities;
    }

    /** How many users have each; not to be changed. */
    int[] users() {
        return users;
    }

    boolean hasUsersOf(Population other) {
        return Arrays.equals(probabilities, other.probabilities) && Arrays.equals(users, other.users);
    }

    /** The name in quotes and the number of users. */
    @Override
    public String toString() {
        return Wording.quoted(name) + " (" + size + (size == 1 ? " user)" : " users)");
    }
}
