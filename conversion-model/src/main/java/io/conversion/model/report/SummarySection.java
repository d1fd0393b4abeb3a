package io.conversion.model.report;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.GateCheck;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.Fitness;
import io.conversion.model.evaluation.ScoreBin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first screen: what the model is for, how good it is in four figures, and short answers to what was asked. */
final class SummarySection {

    private static final int DRIVERS = 5;

    private final ReportParts parts;
    private final Evaluation evaluation;
    private final List<SignalView> views;

    private SummarySection(ReportParts parts, List<SignalView> views) {
        this.parts = parts;
        this.evaluation = parts.evaluation();
        this.views = views;
    }

    static Map<String, Object> of(ReportParts parts, List<SignalView> views) {
        SummarySection summary = new SummarySection(parts, views);
        Map<String, Object> section = new HashMap<>();
        section.put("lead", summary.lead());
        section.put("verdict", summary.verdict());
        section.put("tiles", summary.tiles());
        section.put(
                "drivers",
                views.stream()
                        .limit(DRIVERS)
                        .map(view -> view.summary(views.get(0).share()))
                        .toList());
        section.put("questions", summary.questions());
        return section;
    }

    private String lead() {
        ConversionModel model = parts.model();
        String event = model.training()
                .map(training -> "“" + training.data().label() + "”")
                .orElse("conversion");
        String learnt = model.training()
                .map(TrainingProvenance::data)
                .map(data -> " It learnt from " + ReportText.count(data.rows(), "user") + ", of whom "
                        + data.baseRate().stream()
                                .mapToObj(ReportText::percent)
                                .findFirst()
                                .orElse("none")
                        + " converted.")
                .orElse("");
        return "From " + ReportText.count(views.size(), "signal") + " of what a user does, this model says how likely "
                + event + " is for that user." + learnt + " The figures below are measured on "
                + ReportText.count(evaluation.rows()) + " " + parts.measuredOn() + ".";
    }

    /** What the model is fit for, before any figure. */
    private Map<String, Object> verdict() {
        Fitness fitness = evaluation.fitness();
        boolean inDoubt = fitness.isInDoubt() || (fitness.ranks() && !fitness.predicts());
        return Map.of(
                "mark",
                fitness.predicts() && !inDoubt ? "✓" : inDoubt ? "◐" : "✕",
                "verdictClass",
                fitness.predicts() && !inDoubt ? "good" : inDoubt ? "look" : "bad",
                "sentence",
                ReportText.capitalised(fitness.verdict()) + ".",
                "reasons",
                fitness.reasons().stream()
                        .map(reason -> ReportText.capitalised(reason) + ".")
                        .toList());
    }

    private List<Map<String, Object>> tiles() {
        List<Map<String, Object>> tiles = new ArrayList<>();
        List<ScoreBin> deciles = evaluation.deciles();
        ScoreBin top = deciles.get(0);
        tiles.add(evaluation.baseRate() <= 0.5 ? first(top) : last(deciles.get(deciles.size() - 1)));
        tiles.add(tile(
                Math.round(100 * evaluation.rocAuc().value()) + " of 100",
                "pairs ranked right",
                "Of a converter and another user, the converter has the higher score "
                        + Math.round(100 * evaluation.rocAuc().value()) + " times out of 100 (ROC AUC "
                        + ReportText.decimals(evaluation.rocAuc().value(), 3) + "). Guessing gives 50."));
        tiles.add(tile(
                ReportText.percent(top.meanPredicted()) + " → " + ReportText.percent(top.rate()),
                "said → happened",
                "Of the users with the highest scores the model says that " + ReportText.percent(top.meanPredicted())
                        + " convert, and " + ReportText.percent(top.rate()) + " did ("
                        + ReportText.percent(top.lower(), top.upper()) + " with the luck of the draw)."));
        gateTile().ifPresent(tiles::add);
        return tiles;
    }

    private Map<String, Object> first(ScoreBin top) {
        return tile(
                ReportText.factor(top.lift()) + " ×",
                "as many convert among the first tenth",
                "Of the " + ReportText.percent(top.volume()) + " of users with the highest scores "
                        + ReportText.percent(top.rate()) + " convert; of all users "
                        + ReportText.percent(evaluation.baseRate()) + ".");
    }

    /** Where most users convert, it is those who do not that are to be found. */
    private Map<String, Object> last(ScoreBin bottom) {
        double others = 1 - evaluation.baseRate();
        return tile(
                ReportText.factor((1 - bottom.rate()) / others) + " ×",
                "as many do not convert among the last tenth",
                "Of the " + ReportText.percent((double) bottom.rows() / evaluation.rows())
                        + " of users with the lowest scores " + ReportText.percent(1 - bottom.rate())
                        + " do not convert; of all users " + ReportText.percent(others) + ".");
    }

    private Optional<Map<String, Object>> gateTile() {
        List<GateCheck> gate = ProvenanceSection.distinct(
                parts.model().training().map(TrainingProvenance::gate).orElse(List.of()));
        if (gate.isEmpty()) {
            return Optional.empty();
        }
        long warned = gate.stream()
                .filter(check -> check.verdict() == GateCheck.Verdict.WARNING)
                .count();
        long overridden = gate.stream()
                .filter(check -> check.verdict() == GateCheck.Verdict.REFUSED)
                .count();
        String checks = ReportText.count(gate.size(), "check") + " of the fit ";
        String all = warned + overridden == 0
                ? checks + "before it became a model, and all of them passed."
                : checks + "before it became a model: " + ReportText.count(gate.size() - warned - overridden)
                        + " passed, "
                        + ReportText.count(warned, "warning")
                        + (warned == 0 ? "" : " (" + names(gate) + ")")
                        + (overridden == 0
                                ? "."
                                : ", and " + ReportText.count(overridden) + " refused and overridden.");
        return Optional.of(tile(
                overridden > 0 ? "✕ overridden" : warned > 0 ? "◐ " + ReportText.count(warned, "warning") : "✓ passed",
                "publish gate",
                all,
                overridden > 0 ? "bad" : warned > 0 ? "look" : "good"));
    }

    /** What was warned of, in the words of the checks. */
    private static String names(List<GateCheck> gate) {
        List<String> names = gate.stream()
                .filter(check -> check.verdict() == GateCheck.Verdict.WARNING)
                .map(check -> check.name().replace('_', ' '))
                .distinct()
                .toList();
        return names.size() > 3 ? ReportText.list(names.subList(0, 3)) + " among them" : ReportText.list(names);
    }

    private static Map<String, Object> tile(String figure, String label, String text) {
        return tile(figure, label, text, "");
    }

    private static Map<String, Object> tile(String figure, String label, String text, String state) {
        return Map.of("figure", figure, "label", label, "text", text, "state", state);
    }

    private List<Map<String, Object>> questions() {
        List<Map<String, Object>> questions = new ArrayList<>();
        List<String> strongest = views.stream()
                .filter(view -> view.share() > 0.005)
                .limit(3)
                .map(view -> view.signal().name() + " (" + view.direction() + ")")
                .toList();
        questions.add(question(
                "Which behaviour tells most?",
                strongest.isEmpty()
                        ? "None: no signal of the model makes a difference."
                        : ReportText.list(strongest) + ".",
                "signals"));
        questions.add(question(
                "How early can intent be seen?",
                parts.horizons() == null
                        ? "Not measured here: it takes a log of signups, events and purchases."
                        : parts.horizons().verdict().sentence(),
                "horizons"));
        questions.add(question(
                "What does it cost to be readable?",
                parts.comparison() == null
                        ? "Every signal has one curve, and the curves are added up; the whole model is printed below. What"
                                + " combinations of signals would add was not measured here."
                        : parts.comparison().sentence(),
                "comparison"));
        questions.add(question("How does a probability become an action?", bands(), "decision"));
        questions.add(question(
                "What should be done now?",
                "See the recommendation, and the limits that go with it.",
                "recommendation"));
        return questions;
    }

    private String bands() {
        return parts.policy() == null
                ? "By the bands of a policy, which is a file of its own; none was given with this report. What each"
                        + " threshold would choose is below."
                : PolicySection.summary(parts.policy());
    }

    private static Map<String, Object> question(String question, String answer, String anchor) {
        return Map.of("question", question, "answer", answer, "anchor", anchor);
    }
}
