package io.conversion.experiments.value;

import io.conversion.experiments.Finding;
import io.conversion.experiments.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a log says of a policy: its value, or why it cannot be known from this log. */
public sealed interface ValueAnswer {

    /**
     * What the log holds for the policy.
     *
     * @return the support
     */
    Support support();

    /** The ends of an interval, in units of the reward. */
    record Interval(double lower, double upper) {}

    /**
     * What the policy would have brought. Immutable and safe to share between threads.
     *
     * @param support what the log holds for the policy
     * @param best the estimate that answers: the doubly robust one, or that by inverse propensity where there is no reward model
     * @param interval its interval at a look that was fixed before: Student's, with as many degrees of freedom as there are
     *     effective users less one
     * @param bernstein its interval by Maurer and Pontil's empirical Bernstein bound (2009), for decisions of one size, which
     *     needs no normal distribution but the range of what each decision says, taken from this log
     * @param anytime the interval that holds at every look; null where the range of outcomes was not declared
     * @param estimates all estimates
     * @param findings what one has to know to believe it
     */
    record Estimated(
            Support support,
            ValueEstimate best,
            Interval interval,
            Interval bernstein,
            @Nullable Interval anytime,
            List<ValueEstimate> estimates,
            List<Finding> findings)
            implements ValueAnswer {

        /** Copies the lists. {@inheritDoc} */
        public Estimated {
            estimates = List.copyOf(estimates);
            findings = List.copyOf(findings);
        }
    }

    /**
     * Why there is no value. Immutable and safe to share between threads.
     *
     * @param support what the log holds for the policy
     * @param refusals each reason, with what would have to be logged; at least one
     */
    record Refused(Support support, List<Refusal> refusals) implements ValueAnswer {

        /**
         * Copies the list. {@inheritDoc}
         *
         * @throws IllegalArgumentException if there is no reason
         */
        public Refused {
            refusals = List.copyOf(refusals);
            if (refusals.isEmpty()) {
                throw new IllegalArgumentException("a value is refused for at least one reason");
            }
        }
    }
}
