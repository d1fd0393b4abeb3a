package io.conversion.model;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.provenance.GateCheck;
import io.conversion.core.provenance.GateCheck.Verdict;
import io.conversion.model.data.DataDoubt;
import io.conversion.model.design.DependentColumns;
import io.conversion.model.design.RepeatedRows;
import io.conversion.model.design.SignFlips;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds what was measured of a fit against limits, before it becomes a model. */
final class PublishGate {

    private static final String HOLDOUT_REMEDY =
            "look for rows that were drawn in another way, a drift over time, or training rows that repeat each other or"
                    + " know the outcome";

    private final GateMeasurements fit;
    private final GateLimits limits;
    private final List<GateCheck> checks = new ArrayList<>();

    private PublishGate(GateMeasurements fit, GateLimits limits) {
        this.fit = fit;
        this.limits = limits;
    }

    static List<GateCheck> check(GateMeasurements fit, @Nullable HoldoutMeasurements holdout, GateLimits limits) {
        PublishGate gate = new PublishGate(fit, limits);
        gate.gradient();
        gate.condition();
        gate.rarerOutcome();
        gate.rowsPerCoefficient();
        gate.separation();
        gate.repeatedSignals();
        gate.dependentColumns();
        gate.calibration();
        gate.leakage();
        gate.expectedDirections();
        gate.signFlips();
        gate.doubts();
        if (holdout != null) {
            gate.duplicatedRows(holdout.repeated());
            gate.holdout(holdout);
        }
        return gate.checks;
    }

    private void gradient() {
        double limit = limits.gradientPerRow() * fit.rows();
        add(
                "gradient",
                "",
                fit.gradient(),
                limit,
                fit.gradient() <= limit ? Verdict.PASSED : Verdict.REFUSED,
                fit.gradient() <= limit
                        ? "the gradient at the solution is rounding error"
                        : "the gradient at the solution is " + brief(fit.gradient())
                                + ", so it is no optimum; train with a larger penalty, or give signals in other units");
    }

    private void condition() {
        boolean refused = !(fit.condition() < limits.condition().refused());
        boolean warned = !(fit.condition() < limits.condition().warned());
        add(
                "condition",
                "",
                Math.min(fit.condition(), Double.MAX_VALUE),
                refused ? limits.condition().refused() : limits.condition().warned(),
                refused ? Verdict.REFUSED : warned ? Verdict.WARNING : Verdict.PASSED,
                warned
                        ? "the columns nearly depend on each other (condition number " + brief(fit.condition())
                                + "), so their coefficients say little one by one; exclude a signal that repeats"
                                + " another one, or train with a larger penalty"
                        : fit.dependent().isEmpty() && fit.repeatedSignals().isEmpty()
                                ? "the columns are told apart well"
                                : "all but the dependent columns are told apart well");
    }

    private void rarerOutcome() {
        boolean warned = fit.rarer() < limits.rarerOutcome();
        add(
                "rarer_outcome",
                "",
                fit.rarer(),
                limits.rarerOutcome(),
                warned ? Verdict.WARNING : Verdict.PASSED,
                "the rarer outcome has " + rows(fit.rarer())
                        + (warned
                                ? ", too few to choose or to measure much by; give more rows, or rows of a longer time"
                                : ""));
    }

    private void rowsPerCoefficient() {
        int coefficients = Math.max(1, fit.coefficients());
        double ratio = (double) fit.rarer() / coefficients;
        boolean refused = ratio < limits.rowsPerCoefficient().refused();
        boolean warned = ratio < limits.rowsPerCoefficient().warned();
        add(
                "rows_per_coefficient",
                "",
                ratio,
                refused
                        ? limits.rowsPerCoefficient().refused()
                        : limits.rowsPerCoefficient().warned(),
                refused ? Verdict.REFUSED : warned ? Verdict.WARNING : Verdict.PASSED,
                "the rarer outcome has " + rows(fit.rarer()) + " for " + coefficients
                        + (coefficients == 1 ? " coefficient" : " coefficients")
                        + (warned ? "; give more rows, or fewer signals and levels" : ""));
    }

    private void separation() {
        boolean separated = !fit.separating().isEmpty();
        // Without a penalty the training itself refuses it.
        add(
                "separation",
                "",
                fit.separating().size(),
                0,
                separated ? Verdict.WARNING : Verdict.PASSED,
                separated
                        ? "the outcomes are separated by " + NameList.of(fit.separating())
                                + "; their estimates rest on the penalty, so look for a signal or a level that gives the"
                                + " outcome away, or has too few rows"
                        : "no combination of columns separates the outcomes");
    }

    private void repeatedSignals() {
        fit.repeatedSignals()
                .forEach((later, earlier) -> add(
                        "repeated_signals",
                        later,
                        1,
                        0,
                        Verdict.WARNING,
                        "signal " + ArtifactText.quoted(later) + " says the same as signal "
                                + ArtifactText.quoted(earlier)
                                + " in every training row, so nothing but the penalty divides their effect; exclude one"
                                + " of them"));
        if (fit.repeatedSignals().isEmpty()) {
            add("repeated_signals", "", 0, 0, Verdict.PASSED, "no signal says the same as another one");
        }
    }

    private void calibration() {
        CalibrationLine line = fit.outOfFold();
        if (line == null) {
            unmeasured("calibration_slope", "the out-of-fold calibration cannot be measured");
            return;
        }
        slope(
                "calibration_slope",
                "on rows held out from the fit",
                line,
                "train with a larger penalty or calibrate",
                "train with a smaller penalty or calibrate");
        intercept(
                "calibration_intercept",
                "on rows held out from the fit",
                line,
                "calibrate, or look for rows that repeat each other");
    }

    private void unmeasured(String name, String finding) {
        add(
                name,
                "",
                Double.MAX_VALUE,
                limits.slope().to(),
                Verdict.WARNING,
                finding + ": too few rows of an outcome, or both lie apart");
    }

    private void slope(String name, String where, CalibrationLine line, String ifExtreme, String ifTimid) {
        CalibrationLine.Estimate slope = line.slope();
        boolean refused = slope.upper() < limits.slope().from()
                || slope.lower() > limits.slope().to();
        boolean warned = slope.upper() < 1 || slope.lower() > 1;
        boolean low = slope.value() < 1;
        add(
                name,
                "",
                slope.value(),
                low ? limits.slope().from() : limits.slope().to(),
                refused ? Verdict.REFUSED : warned ? Verdict.WARNING : Verdict.PASSED,
                where + ", log-odds have the calibration slope " + interval(slope)
                        + (warned
                                ? low ? ": they are too extreme; " + ifExtreme : ": they are too timid; " + ifTimid
                                : ""));
    }

    private void intercept(String name, String where, CalibrationLine line, String remedy) {
        CalibrationLine.Estimate shift = line.shift();
        boolean off = shift.lower() > 0 || shift.upper() < 0;
        add(
                name,
                "",
                shift.value(),
                0,
                off ? Verdict.WARNING : Verdict.PASSED,
                where + ", log-odds are off by " + interval(shift) + (off ? "; " + remedy : ""));
    }

    private void leakage() {
        int before = checks.size();
        fit.singleSignalAucs().forEach((signal, auc) -> {
            if (auc > limits.leakage().warned()) {
                boolean refused = auc > limits.leakage().refused();
                add(
                        "leakage",
                        signal,
                        auc,
                        refused ? limits.leakage().refused() : limits.leakage().warned(),
                        refused ? Verdict.REFUSED : Verdict.WARNING,
                        "signal " + ArtifactText.quoted(signal) + " alone ranks the outcomes with a ROC AUC of "
                                + decimals(auc)
                                + "; it may hold the outcome itself: exclude it, or override this check if it is known"
                                + " at prediction time");
            }
        });
        if (checks.size() == before) {
            double most = fit.singleSignalAucs().values().stream().reduce(0.5, Math::max);
            add(
                    "leakage",
                    "",
                    most,
                    limits.leakage().warned(),
                    Verdict.PASSED,
                    "no signal alone ranks the outcomes better than a ROC AUC of " + decimals(most));
        }
    }

    private void expectedDirections() {
        for (String violation : fit.directionViolations()) {
            add("expected_direction", violation, 0, 0, Verdict.REFUSED, against(violation));
        }
        for (String flat : fit.withoutCurve()) {
            add(
                    "expected_direction",
                    flat,
                    0,
                    0,
                    Verdict.WARNING,
                    "signal " + ArtifactText.quoted(flat) + " has no effect in this model: beside the other signals the"
                            + " data go the other way than it declares; exclude it, or correct the declaration");
        }
        if (fit.declaresDirections()
                && fit.directionViolations().isEmpty()
                && fit.withoutCurve().isEmpty()) {
            add("expected_direction", "", 0, 0, Verdict.PASSED, "every shape goes the way that its signal declares");
        }
    }

    /** A signal may go as declared alone, and the other way beside others that tell the same. */
    private String against(String signal) {
        Optional<SignFlips.Flip> flip = fit.flips().stream()
                .filter(found -> found.signal().equals(signal))
                .findFirst();
        return "signal " + ArtifactText.quoted(signal)
                + flip.map(found -> " goes the way that it declares alone, and the other way beside the other signals"
                                + partner(found) + ": exclude one of them, or let shapes be chosen, which keep to the"
                                + " declaration")
                        .orElse(" goes the other way than it declares in these data; correct the declaration, look for"
                                + " a mistake in the data, exclude the signal, or let shapes be chosen, which keep to"
                                + " the declaration");
    }

    private static String partner(SignFlips.Flip flip) {
        return flip.partner().isEmpty() ? "" : ", above all " + ArtifactText.quoted(flip.partner());
    }

    private void signFlips() {
        for (SignFlips.Flip flip : fit.flips()) {
            add(
                    "sign_flip",
                    flip.signal(),
                    1,
                    0,
                    Verdict.WARNING,
                    "signal " + ArtifactText.quoted(flip.signal()) + (flip.raisesAlone() ? " raises" : " lowers")
                            + " the probability alone and " + (flip.raisesAlone() ? "lowers" : "raises")
                            + " it beside the other signals" + partner(flip)
                            + (flip.partner().isEmpty() ? "" : ", which goes with it")
                            + "; read them together, or exclude one of them");
        }
    }

    /** One sentence for all columns that follow from the same ones, at each of their signals. */
    private void dependentColumns() {
        Map<List<String>, List<DependentColumns.Dependence>> groups = new LinkedHashMap<>();
        fit.dependent()
                .forEach(dependence -> groups.computeIfAbsent(dependence.from(), from -> new ArrayList<>())
                        .add(dependence));
        groups.forEach((from, dependent) -> {
            String sentence = (dependent.size() == 1 ? "column " : "columns ")
                    + quoted(dependent.stream()
                            .map(DependentColumns.Dependence::column)
                            .toList())
                    + (dependent.size() == 1 ? " follows" : " follow") + " exactly from " + quoted(from)
                    + ", so nothing but the penalty divides their effect: the curves and intervals of these signals hold"
                    + " for their sum, not one by one; exclude signals, or levels, that repeat others";
            dependent.stream()
                    .flatMap(dependence -> dependence.signals().stream())
                    .distinct()
                    .forEach(signal -> add("dependent_columns", signal, 1, 0, Verdict.WARNING, sentence));
        });
    }

    private static String quoted(List<String> names) {
        return NameList.of(names.stream().map(ArtifactText::quoted).toList());
    }

    /** Checks that pass have no line: what was looked for and not found is no news. */
    private void doubts() {
        for (DataDoubt doubt : fit.doubts()) {
            add(
                    doubt.check(),
                    doubt.signal(),
                    doubt.share(),
                    0,
                    doubt.refused() ? Verdict.REFUSED : Verdict.WARNING,
                    doubt.sentence());
        }
    }

    private void duplicatedRows(RepeatedRows rows) {
        boolean warned = rows.share() > limits.duplicatedRows();
        add(
                "duplicated_rows",
                "",
                rows.share(),
                limits.duplicatedRows(),
                warned ? Verdict.WARNING : Verdict.PASSED,
                String.format(
                        Locale.ROOT,
                        "%d of the %d hold-out rows repeat a training row in every signal, about %.0f of them by chance%s",
                        rows.repeated(),
                        rows.rows(),
                        rows.byChance(),
                        warned
                                ? ", so the hold-out is partly known to the fit; give each user once, or split by user"
                                : ""));
    }

    private void holdout(HoldoutMeasurements holdout) {
        HoldoutMeasurements.Comparison comparison = holdout.comparison();
        if (comparison == null) {
            add(
                    "holdout_log_loss",
                    "",
                    Double.NaN,
                    Double.NaN,
                    Verdict.WARNING,
                    "the hold-out cannot be compared with the training rows: the rarer outcome has "
                            + rows(holdout.rarer()) + " there and " + fit.rarer() + " in training, and "
                            + HoldoutMeasurements.LEAST + " are needed in each; give more rows");
            return;
        }
        holdoutLoss(comparison.loss(), comparison.expected());
        holdoutSkill(comparison.loss().value(), comparison.skill(), comparison.line());
        CalibrationLine line = comparison.line();
        if (line == null) {
            unmeasured("holdout_calibration_slope", "the calibration on the hold-out cannot be measured");
            return;
        }
        slope("holdout_calibration_slope", "on the hold-out", line, HOLDOUT_REMEDY, HOLDOUT_REMEDY);
        intercept(
                "holdout_calibration_intercept",
                "on the hold-out",
                line,
                "users convert at another rate there; declare the base rate where the model is to be used, or train on"
                        + " rows that were drawn like the hold-out");
    }

    /** A model that says less than the base rate for everybody is no model. */
    private void holdoutSkill(double loss, HoldoutMeasurements.Skill skill, @Nullable CalibrationLine line) {
        double none = skill.none();
        String figures = "the log loss is " + decimals(loss) + " on the hold-out, and the base rate for everybody has "
                + decimals(none);
        String shifted =
                line == null || (line.shift().lower() <= 0 && line.shift().upper() >= 0)
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; %.3g %% are said to convert and %.3g %% did: if that is the share of converters where the model"
                                        + " is used, train with the base rate %.3g (--base-rate %.3g)",
                                100 * skill.predicted(),
                                100 * skill.baseRate(),
                                skill.baseRate(),
                                skill.baseRate());
        add(
                "holdout_skill",
                "",
                loss,
                none,
                loss < none ? Verdict.PASSED : skill.isBelowNone() ? Verdict.REFUSED : Verdict.WARNING,
                loss < none
                        ? figures
                        : figures + ", so the model says less than nothing there" + shifted + "; " + HOLDOUT_REMEDY);
    }

    private void holdoutLoss(MeanLoss loss, MeanLoss expected) {
        double above = loss.above(expected);
        boolean warned = above > limits.holdoutLoss();
        add(
                "holdout_log_loss",
                "",
                loss.value(),
                expected.value() + limits.holdoutLoss() * loss.differenceStandardError(expected),
                warned ? Verdict.WARNING : Verdict.PASSED,
                "the log loss is " + decimals(loss.value()) + " on the hold-out and " + decimals(expected.value())
                        + " on training rows held out from the fit"
                        + (warned
                                ? String.format(Locale.ROOT, ", %.1f standard errors apart; %s", above, HOLDOUT_REMEDY)
                                : ""));
    }

    private void add(String name, String subject, double value, double limit, Verdict verdict, String sentence) {
        checks.add(new GateCheck(name, subject, value, limit, verdict, sentence, null));
    }

    private static String rows(int count) {
        return count + (count == 1 ? " row" : " rows");
    }

    private static String interval(CalibrationLine.Estimate estimate) {
        return decimals(estimate.value()) + " (95 % Wald interval " + decimals(estimate.lower()) + " to "
                + decimals(estimate.upper()) + ")";
    }

    private static String decimals(double value) {
        // Adding zero makes 0.0 of -0.0, which would be written with its sign.
        return String.format(Locale.ROOT, "%.3f", Math.rint(1000 * value) / 1000 + 0.0);
    }

    private static String brief(double value) {
        return String.format(Locale.ROOT, "%.1e", value);
    }
}
