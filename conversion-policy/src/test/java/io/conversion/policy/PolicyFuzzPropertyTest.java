package io.conversion.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.policy.FaultyJson.Fault;
import io.conversion.policy.FaultyJson.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Every fault at every node of a policy's file ends in a named refusal or an equal policy. */
class PolicyFuzzPropertyTest {

    @Test
    void everyFaultOfASealedFileIsRefusedOrLeavesAnEqualPolicy() {
        Policy policy = CompletePolicyFileTest.COMPLETE;
        Map<String, Object> file =
                PolicyFormat.file(policy.parts(), policy.reference().digest());
        Map<Kind, Integer> refused = new EnumMap<>(Kind.class);
        Map<Kind, Integer> equal = new EnumMap<>(Kind.class);

        for (Fault fault : FaultyJson.faults(file)) {
            Map<Kind, Integer> count = requireRefusedOrEqual(policy, file, fault) ? refused : equal;
            count.merge(fault.kind(), 1, Integer::sum);
        }

        // Else this would say nothing of some kinds. Without its digest the file is a draft of the same policy.
        assertThat(refused).containsOnlyKeys(Kind.values());
        assertThat(refused.values()).allMatch(count -> count >= 10);
        assertThat(equal).containsKeys(Kind.DELETED, Kind.MOVED).doesNotContainKey(Kind.DUPLICATED);
        assertThat(equal.get(Kind.DELETED)).isEqualTo(1);
    }

    @Property(tries = 100)
    void anyFaultOfAnySealedFileIsRefusedOrLeavesAnEqualPolicy(@ForAll Random random) {
        Policy policy = RandomPolicies.complete(random);
        Map<String, Object> file =
                PolicyFormat.file(policy.parts(), policy.reference().digest());
        List<Fault> faults = FaultyJson.faults(file);

        for (int i = 0; i < 20; i++) {
            requireRefusedOrEqual(policy, file, faults.get(random.nextInt(faults.size())));
        }
    }

    /** Tells whether it was refused. */
    private static boolean requireRefusedOrEqual(Policy policy, Map<String, Object> file, Fault fault) {
        Optional<Policy> read = read(FaultyJson.write(file, fault), fault);
        read.ifPresent(one -> {
            assertThat(one.reference()).as("%s", fault).isEqualTo(policy.reference());
            assertThat(PolicyFormat.content(one.parts()))
                    .as("%s", fault)
                    .isEqualTo(PolicyFormat.content(policy.parts()));
        });
        return read.isEmpty();
    }

    /**
     * A draft may be changed, since that is what drafts are for; what is accepted has another digest if it differs in
     * anything, and what is given twice never changes what is decided.
     */
    @Property(tries = 100)
    void faultOfADraftIsRefusedOrSeenInTheDigest(@ForAll Random random) {
        Policy policy = RandomPolicies.complete(random);
        Map<String, Object> draft = PolicyFormat.content(policy.parts());
        List<Fault> faults = FaultyJson.faults(draft);

        for (int i = 0; i < 20; i++) {
            Fault fault = faults.get(random.nextInt(faults.size()));
            Optional<Policy> read = read(FaultyJson.write(draft, fault), fault);

            if (read.isPresent()) {
                boolean sameContent = PolicyFormat.content(read.get().parts()).equals(draft);
                assertThat(read.get().reference().equals(policy.reference()))
                        .as("%s", fault)
                        .isEqualTo(sameContent);
                if (fault.kind() == Kind.DUPLICATED) {
                    assertThat(fault.pointer()).contains("/condition/conditions/");
                }
            }
        }
    }

    /** The policy; empty if the text was refused, by a message that points at a fault. */
    private static Optional<Policy> read(String json, Fault fault) {
        try {
            return Optional.of(Policy.fromJson(json));
        } catch (InvalidArtifactException refusal) {
            assertThat(refusal.problems()).as("%s", fault).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.pointer()).matches("|/.*");
                assertThat(problem.found()).isNotBlank();
                assertThat(problem.expected()).isNotBlank();
            });
            assertThat(refusal).as("%s", fault).hasMessageStartingWith("policy: ");
            return Optional.empty();
        }
    }
}
