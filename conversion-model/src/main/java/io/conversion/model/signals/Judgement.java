package io.conversion.model.signals;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.model.evaluation.RocAuc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Holds what was measured of signals against the limits. A signal for which nobody declared what a dimension asks for is
 * not assessed there, and a note says so; what is declared of one signal changes no verdict on another.
 */
final class Judgement {

    private final ValidationOptions options;
    private final SignalLimits limits;

    Judgement(ValidationOptions options) {
        this.options = options;
        this.limits = options.limits();
    }

    static String unit(Signal signal) {
        return signal instanceof NumericSignal numeric ? numeric.unit() : "";
    }

    /** What is not assessed, for any signal or for some. */
    List<String> notes(List<Signal> signals) {
        List<String> notes = new ArrayList<>();
        List<String> undated = names(signals, signal -> !options.available().containsKey(signal.name()));
        if (options.available().isEmpty()) {
            notes.add("temporal validity was not assessed: no signal declares the day on which it is known");
        } else if (!undated.isEmpty()) {
            notes.add("temporal validity was not assessed for " + Text.list(undated)
                    + ": the day on which it is known is not declared");
        }
        if (options.cohort().isEmpty()) {
            notes.add("stability was not assessed: no attribute was named that tells the cohort or the date of users");
        }
        List<String> meaningless = names(signals, signal -> signal.meaning().isBlank());
        if (meaningless.size() == signals.size()) {
            notes.add("interpretability was not assessed: the schema declares no meaning of any signal");
        } else if (!meaningless.isEmpty()) {
            notes.add("interpretability was not assessed for " + Text.list(meaningless)
                    + ": the schema declares no meaning");
        }
        // A count is a number without a unit.
        List<String> unitless = names(
                signals,
                signal -> signal instanceof NumericSignal numeric
                        && !numeric.whole()
                        && numeric.unit().isBlank());
        if (!unitless.isEmpty()
                && signals.stream().anyMatch(signal -> !unit(signal).isBlank())) {
            notes.add("the schema declares no unit of " + Text.list(unitless));
        }
        if (signals.stream().noneMatch(Signal::isActionable)) {
            notes.add("actionability is unknown: the schema declares no signal as actionable");
        }
        return notes;
    }

    private static List<String> names(List<Signal> signals, Predicate<Signal> those) {
        return signals.stream().filter(those).map(Signal::name).toList();
    }

    SignalReport judge(SignalReport report, int rows, int levels) {
        List<SignalFinding> findings = new ArrayList<>();
        strength(report, rows, findings);
        if (findings.stream().noneMatch(finding -> finding.verdict() == Verdict.DROP)) {
            leakage(report, findings);
            temporal(report, findings);
            stability(report, findings);
            collinearity(report, findings);
        } else {
            temporal(report, findings);
        }
        interpretability(levels, findings);
        return report.withFindings(findings);
    }

    private void strength(SignalReport report, int rows, List<SignalFinding> findings) {
        if (report.missing() == rows) {
            add(findings, Dimension.PREDICTIVE_STRENGTH, Verdict.DROP, "it has no value in any row");
            return;
        } else if (report.strength().table().size() == 1) {
            add(findings, Dimension.PREDICTIVE_STRENGTH, Verdict.DROP, "it has the same value in every row");
            return;
        }
        double smallest = 0.5 + limits.aucAboveChance();
        RocAuc auc = report.strength().strength().orElse(null);
        boolean ranks = auc != null && auc.value() >= smallest;
        boolean lifts = report.strength().lift() >= limits.lift();
        String aucText = auc == null
                ? "its ROC AUC is not defined, since the rows that could show it are all of one outcome"
                : "its ROC AUC" + (report.strength().isByBins() ? " by bins" : "") + " is "
                        + Text.decimals(auc.value(), smallest);
        String aucLimit = auc == null ? "" : ", less than the " + Text.decimals(smallest) + " that is asked for";
        String liftText = lift(report.strength().lift());
        if (!ranks && !lifts) {
            String joined = aucText + aucLimit + ", and " + liftText;
            add(findings, Dimension.PREDICTIVE_STRENGTH, Verdict.DROP, joined);
        } else if (!ranks) {
            add(findings, Dimension.PREDICTIVE_STRENGTH, Verdict.CONDITIONAL, aucText + aucLimit);
        } else if (!lifts) {
            add(findings, Dimension.PREDICTIVE_STRENGTH, Verdict.CONDITIONAL, liftText);
        }
        if (auc != null && ranks && auc.lower() <= 0.5) {
            String sentence = aucText + ", but its " + interval() + " from " + Text.decimals(auc.lower()) + " to "
                    + Text.decimals(auc.upper()) + " includes 0.5, which is chance";
            add(findings, Dimension.PREDICTIVE_STRENGTH, Verdict.CONDITIONAL, sentence);
        }
    }

    private String lift(double lift) {
        String asked = Text.percent(limits.lift());
        return lift == 0
                ? "no bin converts better than the others by more than noise (a lift of at least " + asked
                        + " is asked for)"
                : "its best bin converts " + Text.percent(lift, limits.lift())
                        + " better than the others, less than the " + asked + " that are asked for";
    }

    private String interval() {
        return String.format(
                Locale.ROOT, "%s %% DeLong interval", Text.number(Math.round(1000 * options.level()) / 10.0));
    }

    private void leakage(SignalReport report, List<SignalFinding> findings) {
        double auc = report.strengthValue();
        if (auc > limits.suspiciousAuc()) {
            boolean leaks = auc > limits.leakingAuc();
            double limit = leaks ? limits.leakingAuc() : limits.suspiciousAuc();
            String sentence = "its ROC AUC alone is " + Text.decimals(auc, limit) + ", above " + Text.decimals(limit)
                    + (leaks
                            ? "; hardly any behaviour tells so much, so it most likely holds the outcome"
                            : "; make sure that it is not recorded with the outcome or after it");
            add(findings, Dimension.LEAKAGE, leaks ? Verdict.DROP : Verdict.CONDITIONAL, sentence);
        }
    }

    private void temporal(SignalReport report, List<SignalFinding> findings) {
        if (report.availableDay() == null) {
            return;
        }
        int predicted = options.predictionDay().orElseThrow();
        if (report.availableDay() > predicted) {
            String sentence =
                    "it is known on day " + report.availableDay() + " only, and users are scored on day " + predicted;
            add(findings, Dimension.TEMPORAL_VALIDITY, Verdict.DROP, sentence);
        }
    }

    private void stability(SignalReport report, List<SignalFinding> findings) {
        Stability stability = report.overCohorts();
        if (stability == null) {
            return;
        }
        int assessed = stability.assessed().size();
        if (assessed < 2) {
            String sentence = (assessed == 0 ? "none" : "only one") + " of "
                    + Text.count(stability.cohorts(), "cohort") + " of " + ArtifactText.quoted(stability.attribute())
                    + " has "
                    + limits.cohortClass()
                    + " rows of either outcome and two values, so that there is nothing to compare";
            add(findings, Dimension.STABILITY, Verdict.CONDITIONAL, sentence);
            return;
        }
        double share = (double) stability.sameDirection() / assessed;
        if (share < limits.cohortAgreement()) {
            String sentence = "it has its direction in " + stability.sameDirection() + " of "
                    + Text.count(assessed, "cohort") + " of " + ArtifactText.quoted(stability.attribute()) + " ("
                    + Text.percent(share)
                    + "), less than the " + Text.percent(limits.cohortAgreement()) + " that are asked for";
            add(findings, Dimension.STABILITY, Verdict.CONDITIONAL, sentence);
        }
        double smallest = 0.5 + limits.aucAboveChance();
        CohortAuc driver = stability.mostInfluential().orElseThrow();
        if (driver.aucWithout() < smallest && report.strengthValue() >= smallest) {
            String sentence = "without cohort " + ArtifactText.quoted(driver.cohort()) + " its ROC AUC falls from "
                    + Text.decimals(report.strengthValue()) + " to " + Text.decimals(driver.aucWithout(), smallest)
                    + ", less than " + Text.decimals(smallest) + ", so that this cohort drives the effect";
            add(findings, Dimension.STABILITY, Verdict.CONDITIONAL, sentence);
        }
    }

    private void collinearity(SignalReport report, List<SignalFinding> findings) {
        Collinearity collinearity = report.inflation();
        if (collinearity == null) {
            return;
        }
        String related = String.join(", ", collinearity.related());
        if (collinearity.isPerfect()) {
            String sentence = "it depends linearly on " + related
                    + " (its variance inflation factor is infinite); leave" + " one of them out, or fit with a penalty";
            add(findings, Dimension.COLLINEARITY, Verdict.CONDITIONAL, sentence);
        } else if (collinearity.factor() > limits.varianceInflation()) {
            String sentence = "its variance inflation factor is "
                    + Text.factor(collinearity.factor(), limits.varianceInflation()) + ", above "
                    + Text.number(limits.varianceInflation()) + "; it is most correlated with " + related;
            add(findings, Dimension.COLLINEARITY, Verdict.CONDITIONAL, sentence);
        }
    }

    private void interpretability(int levels, List<SignalFinding> findings) {
        if (levels > limits.levels()) {
            String sentence = Text.count(levels, "level") + " occur, more than " + Text.count(limits.levels(), "level")
                    + "; the rarest were taken together, and a model needs them grouped";
            add(findings, Dimension.INTERPRETABILITY, Verdict.CONDITIONAL, sentence);
        }
    }

    private static void add(List<SignalFinding> findings, Dimension dimension, Verdict verdict, String finding) {
        String named = dimension.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        findings.add(new SignalFinding(dimension, verdict, named + ": " + finding));
    }
}
