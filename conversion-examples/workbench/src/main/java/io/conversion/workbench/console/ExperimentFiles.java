package io.conversion.workbench.console;

import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentEngine;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name experiments of one layer and the policies of their arms. */
public final class ExperimentFiles {

    @Option(
            names = "--experiment",
            paramLabel = "FILE",
            order = 60,
            description = "An experiment that runs; may be given several times, for experiments of one layer. The first"
                    + " --policy decides on users who are in none.")
    private List<Path> experiments = new ArrayList<>();

    @Option(
            names = "--arm-policy",
            paramLabel = "FILE",
            order = 61,
            description = "A policy of an arm of an experiment, beside --policy; may be given several times.")
    private List<Path> armPolicies = new ArrayList<>();

    public InputFiles files() {
        return InputFiles.none().and("--experiment", experiments).and("--arm-policy", armPolicies);
    }

    /** The policies of arms. */
    public List<Policy> policies() throws IOException {
        List<Policy> policies = new ArrayList<>();
        for (Path file : armPolicies) {
            policies.add(Policy.load(file));
        }
        return policies;
    }

    /** The engine of the experiments over a policy; empty if none is given. */
    public Optional<ExperimentEngine> engine(Policy policy) throws IOException {
        if (experiments.isEmpty()) {
            return Optional.empty();
        }
        List<Experiment> loaded = new ArrayList<>();
        for (Path file : experiments) {
            loaded.add(Experiment.load(file));
        }
        List<Policy> policies = policies();
        policies.add(policy);
        try {
            return Optional.of(ExperimentEngine.of(loaded, policies, PolicyEngine.of(policy)));
        } catch (IllegalArgumentException e) {
            throw new RefusedInputException(e);
        }
    }
}
