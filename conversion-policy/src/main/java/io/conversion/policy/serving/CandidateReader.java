package io.conversion.policy.serving;

import io.conversion.core.ConversionModel;
import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.json.JsonText;
import io.conversion.policy.Experiment;
import io.conversion.policy.Policy;
import io.conversion.policy.review.PolicyFinding;
import io.conversion.policy.review.PolicyVerifier;
import io.conversion.policy.serving.Candidate.Accepted;
import io.conversion.policy.serving.Candidate.Bad;
import io.conversion.policy.serving.Candidate.Good;
import io.conversion.policy.serving.Candidate.Reason;
import io.conversion.policy.serving.Candidate.StillRefused;
import io.conversion.policy.serving.ServingManifest.Artifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for a candidate in a folder, loads it, and finds every reason not to serve it. */
record CandidateReader(
        ServingFolder folder, WatcherOptions options, RecentDecisions recent, ServedExperiments started) {

    private static final Logger LOG = LoggerFactory.getLogger(CandidateReader.class);

    /** How many reasons are kept of a candidate; a damaged file can have any number of faults. */
    private static final int MOST_REASONS = 100;

    /**
     * Looks once.
     *
     * @param status what is served; null if nothing is yet
     * @param accepted the digest of the manifest that was accepted last
     * @param refused the identity of the candidate that was refused last
     * @return what was found; never an exception
     */
    Candidate look(@Nullable WatcherStatus status, String accepted, String refused) {
        byte[] json;
        try {
            json = folder.manifest();
        } catch (InvalidArtifactException e) {
            String message = String.valueOf(e.getMessage());
            return bad(message, message, null, reasons(e), refused);
        }
        String digest = JsonText.sha256(json);
        if (digest.equals(accepted)) {
            return new Accepted(digest);
        }
        try {
            return look(ServingManifest.read(json), digest, status, refused);
        } catch (InvalidArtifactException e) {
            return bad(digest, digest, null, reasons(e), refused);
        }
    }

    private Candidate look(ServingManifest manifest, String digest, @Nullable WatcherStatus status, String refused) {
        if (status == null) {
            return load(manifest, digest, null, refused);
        } else if (status.serving().isNamedBy(manifest)) {
            return new Accepted(digest);
        } else if (manifest.revision() <= status.highestRevision()) {
            String reason = ServingManifest.FILE + ": revision " + manifest.revision() + " is not above "
                    + status.highestRevision()
                    + ", which was served already; publish other content, and earlier content "
                    + "again, as revision " + (status.highestRevision() + 1) + " or later";
            return bad(digest, digest, manifest, List.of(reason), refused);
        }
        return load(manifest, digest, status.serving(), refused);
    }

    private Candidate load(ServingManifest manifest, String digest, @Nullable ServingUnit serving, String refused) {
        // What the files hold is a part of the candidate: files that come late make another one of it.
        String identity = String.join(
                "\n",
                digest,
                manifest.artifacts().stream()
                        .map(artifact -> folder.fingerprint(artifact.file()))
                        .collect(Collectors.joining("\n")));
        if (identity.equals(refused)) {
            return new StillRefused();
        }
        List<Reason> reasons = new ArrayList<>();
        try {
            ServingUnit unit = unit(manifest, reasons);
            if (unit != null) {
                check(unit, serving, reasons);
                if (reasons.isEmpty()) {
                    return new Good(digest, unit, serving);
                }
            }
        } catch (Throwable e) {
            // Whatever a candidate does, memory that ran out included: the last good unit serves on.
            reasons.add(Reason.passing(
                    "the candidate cannot be loaded: " + e.getClass().getName()));
            LOG.debug("a candidate cannot be loaded", e);
        }
        return bad(
                digest,
                identity + passing(reasons),
                manifest,
                reasons.stream().map(Reason::sentence).toList(),
                refused);
    }

    /** What is added to an identity so that the candidate is loaded again: nothing if its files are bad anyway. */
    private static String passing(List<Reason> reasons) {
        List<String> passing = reasons.stream().map(Reason::passing).toList();
        return passing.contains("") ? "" : "\n" + String.join("\n", passing);
    }

    private @Nullable ServingUnit unit(ServingManifest manifest, List<Reason> reasons) {
        ConversionModel model = artifact(
                manifest.model(),
                ConversionModel::load,
                loaded -> loaded.reference().digest(),
                reasons);
        Policy policy = artifact(
                manifest.policy(), Policy::load, loaded -> loaded.reference().digest(), reasons);
        List<Policy> armPolicies = artifacts(
                manifest.armPolicies(),
                Policy::load,
                loaded -> loaded.reference().digest(),
                reasons);
        List<Experiment> experiments = artifacts(
                manifest.experiments(),
                Experiment::load,
                loaded -> loaded.reference().digest(),
                reasons);
        if (model == null || policy == null) {
            return null;
        }
        List<PolicyFinding> findings = PolicyVerifier.verify(policy, model);
        ServingUnit.misfits(findings).forEach(misfit -> reasons.add(Reason.ofFiles(misfit)));
        for (Policy arm : armPolicies) {
            ServingUnit.misfits(PolicyVerifier.verify(arm, model))
                    .forEach(misfit -> reasons.add(Reason.ofFiles("policy " + arm + " of an arm: " + misfit)));
        }
        if (reasons.isEmpty()) {
            ServingUnit.problems(model, policy, armPolicies, experiments)
                    .forEach(problem -> reasons.add(Reason.ofFiles(problem)));
        }
        return reasons.isEmpty()
                ? new ServingUnit(model, policy, armPolicies, experiments, manifest.revision(), findings)
                : null;
    }

    private <T> List<T> artifacts(
            List<Artifact> named, ServingFolder.Reader<T> loader, Function<T, String> digestOf, List<Reason> reasons) {
        List<T> artifacts = new ArrayList<>();
        for (Artifact each : named) {
            T artifact = artifact(each, loader, digestOf, reasons);
            if (artifact != null) {
                artifacts.add(artifact);
            }
        }
        return artifacts;
    }

    private <T> @Nullable T artifact(
            Artifact named, ServingFolder.Reader<T> loader, Function<T, String> digestOf, List<Reason> reasons) {
        try {
            T artifact = folder.read(named.file(), loader);
            String digest = digestOf.apply(artifact);
            if (!digest.equals(named.digest())) {
                reasons.add(Reason.ofFiles(named.file() + ": the content has " + digest + ", and the manifest names "
                        + named.digest() + "; publish the file and its manifest again"));
            }
            return artifact;
        } catch (InvalidArtifactException e) {
            boolean mayPass = e.getCause() instanceof IOException;
            reasons(e).forEach(reason -> reasons.add(mayPass ? Reason.passing(reason) : Reason.ofFiles(reason)));
            return null;
        }
    }

    private void check(ServingUnit unit, @Nullable ServingUnit serving, List<Reason> reasons) {
        for (Function<ServingUnit, List<String>> check : options.checks()) {
            try {
                check.apply(unit).forEach(reason -> reasons.add(Reason.ofFiles(Objects.requireNonNull(reason))));
            } catch (RuntimeException e) {
                reasons.add(Reason.passing(
                        "a check of the host failed: " + e.getClass().getName()));
                LOG.debug("a check of the host failed", e);
            }
        }
        if (serving != null) {
            started.objections(unit, options.clock().instant()).forEach(reason -> reasons.add(Reason.ofFiles(reason)));
            recent.objection(serving, unit).ifPresent(reasons::add);
        }
    }

    private static List<String> reasons(InvalidArtifactException refusal) {
        return refusal.problems().stream()
                .map(problem -> refusal.source() + ": " + problem)
                .toList();
    }

    private static Candidate bad(
            String digest, String identity, @Nullable ServingManifest manifest, List<String> reasons, String refused) {
        if (identity.equals(refused)) {
            return new StillRefused();
        }
        List<String> kept = new ArrayList<>(reasons.subList(0, Math.min(MOST_REASONS, reasons.size())));
        if (reasons.size() > MOST_REASONS) {
            kept.add("there are " + (reasons.size() - MOST_REASONS) + " more problems");
        }
        return new Bad(digest, identity, manifest, kept);
    }
}
