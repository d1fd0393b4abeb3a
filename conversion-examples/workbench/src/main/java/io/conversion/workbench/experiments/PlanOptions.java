package io.conversion.workbench.experiments;

import io.conversion.experiments.Metric;
import io.conversion.experiments.ReadoutPlan;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.CountConverter;
import io.conversion.workbench.console.NameList;
import io.conversion.workbench.console.RefusedInputException;
import io.conversion.workbench.console.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what was fixed before an experiment. */
final class PlanOptions {

    @Option(names = "--control", paramLabel = "ARM", order = 20, description = "The arm that others are compared with.")
    private @Nullable String control;

    @Option(
            names = "--shares",
            paramLabel = "ARM=S",
            split = ",",
            hideParamSyntax = true,
            order = 21,
            description = "The declared share of each arm, such as A=0.5,B=0.5: without them nobody can tell whether"
                    + " users got lost.")
    private Map<String, Double> shares = Map.of();

    @Option(
            names = "--lower-is-better",
            paramLabel = "A,B",
            converter = NameList.Converter.class,
            order = 22,
            description = "Names of outcomes of which less is better.")
    private List<NameList> lower = new ArrayList<>();

    @Option(
            names = "--guardrail",
            paramLabel = "NAME=HARM",
            order = 23,
            description = "An outcome that must not get worse, and by how much it may at most; repeat it for more.")
    private Map<String, Double> guardrails = Map.of();

    @Option(
            names = "--planned-users",
            paramLabel = "N",
            converter = CountConverter.class,
            defaultValue = "0",
            order = 24,
            description = "The users of all arms that were planned (default: none; intervals are then narrowest at"
                    + " 10,000).")
    private long planned;

    @Option(
            names = "--smallest-effect",
            paramLabel = "D",
            defaultValue = "NaN",
            order = 25,
            description = "The smallest difference of the primary outcome that matters (default: none).")
    private double smallest;

    @Option(
            names = "--alpha",
            paramLabel = "RATE",
            defaultValue = "0.05",
            order = 26,
            description = "The chance to see an effect where there is none (default: ${DEFAULT-VALUE}).")
    private double alpha;

    @Option(
            names = "--single-look",
            order = 27,
            description = "Says that this is the only look at these data, so that the narrower intervals of a single"
                    + " look decide.")
    private boolean singleLook;

    /** The plan of some metrics, the primary one first. */
    ReadoutPlan plan(String name, List<Metric> metrics, List<String> covariates, Console console) {
        if (control == null) {
            throw console.misuse("--control is needed: the arm that others are compared with");
        }
        List<String> names = metrics.stream().map(Metric::name).toList();
        checkKnown("--lower-is-better", NameList.all(lower), names, console);
        checkKnown("--guardrail", List.copyOf(guardrails.keySet()), names.subList(1, names.size()), console);
        ReadoutPlan.Builder plan = ReadoutPlan.builder(name, control, directed(metrics.get(0)))
                .shares(shares)
                .covariates(covariates)
                .alpha(alpha)
                .plannedUsers(planned)
                .smallestEffect(smallest);
        for (Metric metric : metrics.subList(1, metrics.size())) {
            Double harm = guardrails.get(metric.name());
            plan.metric(harm == null ? directed(metric) : directed(metric).guardrail(harm));
        }
        try {
            return (singleLook ? plan.singleLook() : plan).build();
        } catch (IllegalArgumentException e) {
            throw new RefusedInputException(e);
        }
    }

    private Metric directed(Metric metric) {
        return NameList.all(lower).contains(metric.name()) ? metric.lowerIsBetter() : metric;
    }

    private static void checkKnown(String option, List<String> given, List<String> known, Console console) {
        for (String of : given) {
            if (!known.contains(of)) {
                throw console.misuse(option + " names " + Wording.quoted(of) + "; it must be one of "
                        + (known.isEmpty() ? "the outcomes after the first" : String.join(", ", known)));
            }
        }
    }
}
