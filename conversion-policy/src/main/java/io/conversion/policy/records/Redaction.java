package io.conversion.policy.records;

import io.conversion.core.json.JsonText;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Violation;
import io.conversion.core.signals.Violation.Kind;
import io.conversion.policy.internal.Wording;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which signals a record holds by a digest in place of the value: SHA-256 of the salt, the name of the signal and the
 * canonical text of the value, in UTF-8 with a zero byte between them. The salt is not in the record, so that only who
 * has it can try values. Immutable and safe to share between threads.
 *
 * <p>Nothing else in a record is made of a redacted value but its log-odds, the rule that was applied in its place, and
 * what a guardrail on the signal decided. What these tell is said in {@code docs/decision-records.md}.
 */
public final class Redaction {

    /** Withholds nothing. */
    public static final Redaction NONE = new Redaction(Set.of(), "");

    private final Set<String> signals;
    private final String salt;

    private Redaction(Set<String> signals, String salt) {
        this.signals = signals;
        this.salt = salt;
    }

    /**
     * Withholds named signals.
     *
     * @param schema the schema that has the signals
     * @param signals their names
     * @param salt a secret text
     * @return the redaction
     * @throws IllegalArgumentException if the schema has no signal of one of the names, or the salt is blank
     */
    public static Redaction of(SignalSchema schema, Collection<String> signals, String salt) {
        List<String> unknown = signals.stream()
                .filter(name -> schema.find(name).isEmpty())
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("schema " + schema + " has no signals " + Wording.listed(unknown)
                    + ", so they cannot be redacted; name signals of the schema");
        }
        if (salt.isBlank()) {
            throw new IllegalArgumentException(
                    "the salt of a redaction is blank; give a secret text, else the values can be found by trying");
        }
        return new Redaction(Set.copyOf(new TreeSet<>(signals)), salt);
    }

    /**
     * Withholds the signals that a schema declares as hidden.
     *
     * @param schema the schema
     * @param salt a secret text
     * @return the redaction
     * @throws IllegalArgumentException if the salt is blank
     */
    public static Redaction ofHidden(SignalSchema schema, String salt) {
        List<String> hidden = schema.declared().stream()
                .filter(signal -> signal.reasons().hidden())
                .map(Signal::name)
                .toList();
        return of(schema, hidden, salt);
    }

    /**
     * The names of the signals that are withheld.
     *
     * @return the names
     */
    public Set<String> signals() {
        return signals;
    }

    /**
     * The digest that a record holds in place of a value.
     *
     * @param signal the name of the signal
     * @param given the value as it was given: a {@link Number}, a {@link String} or a {@link Boolean}
     * @return {@code sha256:} and 64 hexadecimal digits
     */
    public String digest(String signal, Object given) {
        // Adding zero turns -0.0 into 0.0 and leaves every other number as it is.
        String text =
                given instanceof Number number ? Double.toHexString(number.doubleValue() + 0.0) : given.toString();
        return JsonText.sha256((salt + '\0' + signal + '\0' + text).getBytes(StandardCharsets.UTF_8));
    }

    boolean hides(String signal) {
        return signals.contains(signal);
    }

    /** The violation without the value that its message may quote. */
    Violation redacted(Violation violation) {
        boolean hidden = hides(violation.signal()) || (violation.kind() == Kind.UNREADABLE && !signals.isEmpty());
        return hidden
                ? new Violation(violation.signal(), violation.kind(), "withheld: " + violation.kind())
                : violation;
    }
}
