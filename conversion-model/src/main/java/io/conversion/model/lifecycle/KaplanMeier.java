package io.conversion.model.lifecycle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The share of users who have not bought yet, by days since signup, from users who were observed for different lengths
 * of time.
 *
 * <p>The product-limit estimate {@code S(t) = product over t_i <= t of (1 - d_i / n_i)} with {@code d_i} purchases on day
 * {@code t_i} among {@code n_i} users who were still observed and had not bought before; a user who stops being observed
 * on a day still counts as observed on it (Kaplan and Meier, JASA 53, 1958). Its standard error is Greenwood's,
 * {@code S(t) * sqrt(sum of d_i / (n_i (n_i - d_i)))}. Immutable and safe to share between threads.
 */
public final class KaplanMeier {

    private final int users;
    private final int events;
    private final List<Step> steps;

    private KaplanMeier(int users, int events, List<Step> steps) {
        this.users = users;
        this.events = events;
        this.steps = List.copyOf(steps);
    }

    /**
     * Estimates from the times of users.
     *
     * @param days for each user the days from signup to the first purchase, or to the end of observation; at least 0
     * @param bought for each user whether the time ends with a purchase
     * @return the estimate
     * @throws IllegalArgumentException if the arrays differ in length or are empty, or a time is negative
     */
    public static KaplanMeier of(int[] days, boolean[] bought) {
        if (days.length != bought.length || days.length == 0) {
            throw new IllegalArgumentException(days.length + " times do not match " + bought.length
                    + " outcomes; each user has one of each, and at least one user is needed");
        }
        int last = Arrays.stream(days).max().getAsInt();
        if (Arrays.stream(days).anyMatch(day -> day < 0)) {
            throw new IllegalArgumentException("a time is negative; times are days since signup, at least 0");
        }
        int[] events = new int[last + 1];
        int[] leaving = new int[last + 1];
        for (int i = 0; i < days.length; i++) {
            leaving[days[i]]++;
            events[days[i]] += bought[i] ? 1 : 0;
        }
        List<Step> steps = new ArrayList<>();
        int atRisk = days.length;
        int all = 0;
        double survival = 1;
        double sum = 0;
        for (int day = 0; day <= last; day++) {
            if (events[day] > 0) {
                int staying = atRisk - events[day];
                survival *= (double) staying / atRisk;
                // Where nobody stays the estimate is zero, and so is its standard error.
                sum += staying == 0 ? 0 : events[day] / ((double) atRisk * staying);
                all += events[day];
                steps.add(new Step(day, atRisk, events[day], survival, survival * StrictMath.sqrt(sum)));
            }
            atRisk -= leaving[day];
        }
        return new KaplanMeier(days.length, all, steps);
    }

    /**
     * The number of users.
     *
     * @return how many times the estimate rests on
     */
    public int users() {
        return users;
    }

    /**
     * The number of first purchases.
     *
     * @return how many of the times end with a purchase
     */
    public int events() {
        return events;
    }

    /**
     * The days on which somebody bought.
     *
     * @return the steps of the estimate, in the order of the days
     */
    public List<Step> steps() {
        return steps;
    }

    /**
     * The share of users who have not bought up to and including a day.
     *
     * @param day the days since signup
     * @return the share, 0 to 1
     */
    public double survival(int day) {
        double survival = 1;
        for (Step step : steps) {
            survival = step.day() <= day ? step.survival() : survival;
        }
        return survival;
    }

    /**
     * Greenwood's standard error of that share.
     *
     * @param day the days since signup
     * @return the standard error, at least 0
     */
    public double standardError(int day) {
        double error = 0;
        for (Step step : steps) {
            error = step.day() <= day ? step.standardError() : error;
        }
        return error;
    }

    /**
     * A day on which somebody bought.
     *
     * @param day the days since signup
     * @param atRisk the users who were observed on the day and had not bought before
     * @param events how many of them bought on the day
     * @param survival the share of users who have not bought up to and including the day, 0 to 1
     * @param standardError Greenwood's standard error of that share
     */
    public record Step(int day, int atRisk, int events, double survival, double standardError) {}
}
