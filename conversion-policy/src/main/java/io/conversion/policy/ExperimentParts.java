package io.conversion.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an {@link Experiment} is made of. Ranges are empty where each arm has one, in their order. */
record ExperimentParts(
        String name,
        String version,
        String unit,
        String salt,
        Layer layer,
        String control,
        List<Arm> arms,
        List<ArmRange> ranges,
        Instant start,
        Instant end,
        @Nullable Condition eligibility,
        ExperimentMetric primary,
        List<ExperimentMetric> guardrails,
        ExperimentCriteria criteria,
        Map<String, String> forced) {

    ExperimentParts {
        arms = List.copyOf(arms);
        ranges = List.copyOf(ranges);
        guardrails = List.copyOf(guardrails);
        forced = Collections.unmodifiableMap(new LinkedHashMap<>(forced));
    }

    ExperimentParts next(String nextVersion, Map<String, Double> shares) {
        List<Arm> changed = new ArrayList<>();
        for (Arm arm : arms) {
            Double share = shares.get(arm.name());
            if (share == null || shares.size() != arms.size()) {
                throw new IllegalArgumentException("shares are given for " + shares.keySet() + "; the arms are "
                        + arms.stream().map(Arm::name).toList());
            }
            changed.add(new Arm(arm.name(), share, arm.policy()));
        }
        return new ExperimentParts(
                name,
                nextVersion,
                unit,
                salt,
                layer,
                control,
                changed,
                ArmRange.moved(ArmRange.of(this), shares),
                start,
                end,
                eligibility,
                primary,
                guardrails,
                criteria,
                forced);
    }

    /** Draws from {@code from} to below {@code end} are those of an arm. Decimals as people write them, so that they meet exactly. */
    record ArmRange(String arm, BigDecimal from, BigDecimal to) {

        double end() {
            return to.doubleValue();
        }

        private BigDecimal size() {
            return to.subtract(from);
        }

        /** The ranges in their order: those of the file, or one for each arm. */
        static List<ArmRange> of(ExperimentParts parts) {
            if (!parts.ranges().isEmpty()) {
                return parts.ranges();
            }
            List<ArmRange> ranges = new ArrayList<>();
            BigDecimal from = BigDecimal.ZERO;
            for (Arm arm : parts.arms()) {
                BigDecimal to = from.add(BigDecimal.valueOf(arm.share()));
                ranges.add(new ArmRange(arm.name(), from, to));
                from = to;
            }
            return ranges;
        }

        /** Ranges for other shares: arms that shrink give up the ends of theirs, and arms that grow take what is given up. */
        static List<ArmRange> moved(List<ArmRange> before, Map<String, Double> shares) {
            Map<String, BigDecimal> missing = new LinkedHashMap<>();
            shares.forEach((arm, share) -> missing.put(arm, BigDecimal.valueOf(share)));
            List<ArmRange> kept = new ArrayList<>();
            List<ArmRange> free = new ArrayList<>();
            for (ArmRange range : before) {
                BigDecimal wanted =
                        missing.getOrDefault(range.arm, BigDecimal.ZERO).min(range.size());
                BigDecimal cut = range.from.add(wanted);
                missing.merge(range.arm, wanted.negate(), BigDecimal::add);
                kept.add(new ArmRange(range.arm, range.from, cut));
                free.add(new ArmRange("", cut, range.to));
            }
            for (ArmRange range : free) {
                BigDecimal from = range.from;
                for (Map.Entry<String, BigDecimal> arm : missing.entrySet()) {
                    BigDecimal taken =
                            arm.getValue().min(range.to.subtract(from)).max(BigDecimal.ZERO);
                    kept.add(new ArmRange(arm.getKey(), from, from.add(taken)));
                    arm.setValue(arm.getValue().subtract(taken));
                    from = from.add(taken);
                }
            }
            return together(kept);
        }

        /** In order, without empty ones, and neighbours of one arm as one. */
        private static List<ArmRange> together(List<ArmRange> ranges) {
            List<ArmRange> all = new ArrayList<>();
            ranges.stream()
                    .filter(range -> range.size().signum() > 0)
                    .sorted((a, b) -> a.from.compareTo(b.from))
                    .forEach(range -> {
                        ArmRange last = all.isEmpty() ? null : all.get(all.size() - 1);
                        if (last != null && last.arm.equals(range.arm) && last.to.compareTo(range.from) == 0) {
                            all.set(all.size() - 1, new ArmRange(range.arm, last.from, range.to));
                        } else {
                            all.add(range);
                        }
                    });
            return all;
        }
    }
}
