package io.conversion.model.lifecycle;

import io.conversion.model.LogisticTrainer;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.evaluation.Interval;
import io.conversion.model.evaluation.RocAuc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how many days after signup the intent to buy can be seen in what users do.
 *
 * <p>Day 0 is signup. For each day d the users at risk are those without a purchase up to and including day d, who
 * signed up at least {@code within} days before observation ends; their signals come from the days 0 to d, and their
 * label is a first purchase on the days d + 1 to {@code within} ({@link HorizonUsers}). One model for each day is trained
 * and tested by folds over users, so that each user's probability comes from a model that has not seen the user.
 *
 * <p>These figures cannot be compared between days: on day 14 the users who bought on days 2 to 14 are gone, and so are
 * their purchases from the label. A comparison that kept them would find that intent grows because buyers are leaving.
 * Days are therefore compared on the users at risk on the last day L only. Whatever the day, the purchases to be foreseen
 * are then the same ones: none of these users has bought by day L, so a first purchase on the days d + 1 to
 * {@code within} is one on the days L + 1 to {@code within}. A model of day d for all its users would state probabilities
 * of an earlier purchase, too, and be far too high for those who are left; for the comparison one model for each day is
 * trained on users at risk on day L, again by folds. Users, labels and folds are the same, and the days differ in
 * nothing but what is known. The comparison therefore speaks of users who buy late; how many have bought by then is
 * said beside it.
 *
 * <p>The measure is skill, {@code 1 - log loss / null log loss}, with percentile intervals of a bootstrap over users in
 * which all days see the same resamples (Efron and Tibshirani, An Introduction to the Bootstrap, 1993). With fewer than
 * {@code minimumEvents} purchases in the comparison there is no verdict.
 *
 * <p>Immutable and safe to share between threads. A setter returns a changed copy.
 */
public final class IntentHorizons {

    private static final IntentHorizons DEFAULTS = new IntentHorizons(
            new HorizonSettings(List.of(1, 3, 7, 14), 30, 0.9, 5, 1000, 0.95, 100, 1), LogisticTrainer.linear());

    private final HorizonSettings settings;
    private final LogisticTrainer trainer;

    private IntentHorizons(HorizonSettings settings, LogisticTrainer trainer) {
        this.settings = settings;
        this.trainer = trainer;
    }

    /**
     * Days 1, 3, 7 and 14, purchases within 30 days, 90 % of the last day's skill, 5 folds, 1,000 resamples, 95 %
     * intervals, at least 100 events, seed 1, and the default trainer.
     *
     * @return the measurement
     */
    public static IntentHorizons defaults() {
        return DEFAULTS;
    }

    /**
     * Changes the settings.
     *
     * @param given the settings
     * @return the changed copy
     */
    public IntentHorizons settings(HorizonSettings given) {
        return new IntentHorizons(given, trainer);
    }

    /**
     * The settings.
     *
     * @return the settings
     */
    public HorizonSettings settings() {
        return settings;
    }

    /**
     * Changes the trainer of the models.
     *
     * @param given the trainer
     * @return the changed copy
     */
    public IntentHorizons trainer(LogisticTrainer given) {
        return new IntentHorizons(settings, given);
    }

    /**
     * Measures.
     *
     * @param log the log
     * @return the figures of each day, and the verdict
     * @throws InvalidDataException if there is no user at risk on one of the days
     */
    public IntentReport measure(EventLog log) {
        int last = settings.lastDay();
        List<HorizonUsers> own = new ArrayList<>();
        List<double[]> ownProbabilities = new ArrayList<>();
        for (int day : settings.days()) {
            HorizonUsers users = HorizonUsers.of(log, day, settings.within());
            own.add(users);
            ownProbabilities.add(probabilities(users));
        }
        HorizonUsers common = own.get(own.size() - 1);
        boolean[] outcomes = common.data().outcomes();
        boolean measured = isMeasured(common);
        List<double[]> probabilities = new ArrayList<>();
        for (int day : settings.days()) {
            if (measured) {
                probabilities.add(
                        day == last
                                ? ownProbabilities.get(own.size() - 1)
                                : probabilities(HorizonUsers.of(log, day, last, settings.within())));
            }
        }
        List<Horizon.Comparison> comparisons =
                measured ? compare(probabilities, outcomes, onCommon(own, ownProbabilities, common)) : List.of();
        int[] eligible = log.observedFor(settings.within());
        List<Horizon> horizons = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            HorizonUsers users = own.get(i);
            horizons.add(new Horizon(
                    users.riskDay(),
                    users.data().rows(),
                    users.data().positives(),
                    eligible.length - users.data().rows(),
                    users.data().schema().declared().stream()
                            .map(signal -> signal.name())
                            .toList(),
                    isMeasured(users) ? ownFigures(users.data(), ownProbabilities.get(i)) : null,
                    measured ? comparisons.get(i) : null));
        }
        return IntentReport.of(log, settings, horizons);
    }

    /** Whether a model can be trained and tested at all; whether that says much is another question. */
    private boolean isMeasured(HorizonUsers users) {
        DataSet data = users.data();
        int rarer = Math.min(data.positives(), data.rows() - data.positives());
        return rarer >= 2 * settings.folds() && folds().cover(users.users(), data.outcomes());
    }

    private UserFolds folds() {
        return new UserFolds(settings.folds(), settings.seed());
    }

    private double[] probabilities(HorizonUsers users) {
        return isMeasured(users)
                ? folds().outOfFold(users, trainer)
                : new double[users.users().size()];
    }

    private HorizonFigures ownFigures(DataSet data, double[] probabilities) {
        boolean[] outcomes = data.outcomes();
        SkillBootstrap bootstrap = SkillBootstrap.of(
                List.of(HorizonFigures.losses(probabilities, outcomes)),
                outcomes,
                settings.resamples(),
                settings.seed());
        return HorizonFigures.of(probabilities, outcomes, bootstrap.skill(0, settings.level()), settings.level());
    }

    /** For each day the probabilities, by its own model, of the users at risk on the last day. */
    private static List<double[]> onCommon(List<HorizonUsers> own, List<double[]> probabilities, HorizonUsers common) {
        List<double[]> onCommon = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            Map<String, Double> byUser = new HashMap<>();
            for (int row = 0; row < probabilities.get(i).length; row++) {
                byUser.put(own.get(i).users().get(row), probabilities.get(i)[row]);
            }
            onCommon.add(common.users().stream()
                    .mapToDouble(user -> byUser.getOrDefault(user, Double.NaN))
                    .toArray());
        }
        return onCommon;
    }

    private List<Horizon.Comparison> compare(
            List<double[]> probabilities, boolean[] outcomes, List<double[]> byOwnModels) {
        List<double[]> losses = probabilities.stream()
                .map(each -> HorizonFigures.losses(each, outcomes))
                .toList();
        SkillBootstrap bootstrap = SkillBootstrap.of(losses, outcomes, settings.resamples(), settings.seed());
        double level = settings.level();
        int last = losses.size() - 1;
        List<HorizonFigures> figures = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            figures.add(HorizonFigures.of(probabilities.get(i), outcomes, bootstrap.skill(i, level), level));
        }
        boolean hasSkill = figures.get(last).skillInterval().lower() > 0;
        double lastSkill = figures.get(last).skill();
        List<Horizon.Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            comparisons.add(new Horizon.Comparison(
                    figures.get(i),
                    figures.get(i).skill() - lastSkill,
                    bootstrap.difference(i, last, level),
                    hasSkill ? figures.get(i).skill() / lastSkill : Double.NaN,
                    hasSkill ? bootstrap.share(i, last, level) : new Interval(Double.NaN, Double.NaN),
                    RocAuc.of(byOwnModels.get(i), outcomes, level).value()));
        }
        return comparisons;
    }
}
