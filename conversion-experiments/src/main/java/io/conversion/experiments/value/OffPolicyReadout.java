package io.conversion.experiments.value;

import io.conversion.core.json.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a log says of a policy that was not in force: as a whole, by its bands, and against what was in force. Immutable and safe
 * to share between threads.
 *
 * @param policy what the policy is called
 * @param log the log
 * @param alpha how often intervals may be wrong
 * @param limits what the log had to hold
 * @param answer the value for each decision, or why it cannot be known
 * @param logged what each decision of the log brought, by the policies that were in force
 * @param bands the same as the answer for each band of the policy; none if it has one only
 * @param againstLogged the difference to what was in force
 */
public record OffPolicyReadout(
        String policy,
        LoggedDecisions log,
        double alpha,
        SupportLimits limits,
        ValueAnswer answer,
        ValueEstimate logged,
        List<BandValue> bands,
        PolicyDifference againstLogged) {

    /** Copies the list. {@inheritDoc} */
    public OffPolicyReadout {
        bands = List.copyOf(bands);
    }

    /** What can be said against what was in force. */
    public enum Kind {
        /** More than what was in force: the interval of the difference is above 0. */
        MORE,
        /** Less than what was in force. */
        LESS,
        /** The interval of the difference holds 0. */
        OPEN,
        /** The log cannot say it. */
        REFUSED
    }

    /**
     * What can be said against what was in force.
     *
     * @return the kind
     */
    public Kind kind() {
        ValueAnswer.Interval interval = againstLogged.interval();
        if (interval == null) {
            return Kind.REFUSED;
        }
        return interval.lower() > 0 ? Kind.MORE : interval.upper() < 0 ? Kind.LESS : Kind.OPEN;
    }

    /**
     * What the log says, in a sentence or two.
     *
     * @return the sentences
     */
    public String sentence() {
        return new ValueTexts(this).sentence();
    }

    /**
     * The read-out as JSON; its schema is {@code META-INF/schemas/conversion-policy-value-1.schema.json} of this jar.
     *
     * @return the text
     */
    public String toJson() {
        return ValueJson.of(this);
    }

    /**
     * Writes the read-out as JSON, completely or not at all.
     *
     * @param file where to
     * @throws IOException if it cannot be written
     */
    public void writeJson(Path file) throws IOException {
        AtomicFile.write(file, toJson());
    }

    /**
     * The read-out as a page: one file without scripts, for a screen, a phone and paper.
     *
     * @return HTML text
     */
    public String toHtml() {
        return ValuePage.of(this);
    }

    /**
     * Writes the page, completely or not at all.
     *
     * @param file where to
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        AtomicFile.write(file, toHtml());
    }
}
