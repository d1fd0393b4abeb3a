package io.conversion.policy.history;

import io.conversion.core.artifact.InvalidArtifactException.Problem;
import io.conversion.core.json.ArtifactHeader;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonObject;
import io.conversion.core.json.JsonText;
import io.conversion.policy.Policy;
import io.conversion.policy.history.PolicyChange.Pin;
import io.conversion.policy.history.PolicyChange.Publish;
import io.conversion.policy.history.PolicyChange.RollBack;
import io.conversion.policy.history.PolicyChange.Unpin;
import io.conversion.policy.signing.SigningKeys;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The JSON of an entry, as {@code docs/policy-history.md} describes it. */
final class HistoryFormat {

    static final String FORMAT = "conversion-policy-history";
    static final int VERSION = 1;

    /** The kinds of change, as files name them in lower case. */
    private enum Kind {
        PUBLISH,
        ROLL_BACK,
        PIN,
        UNPIN
    }

    private HistoryFormat() {}

    /** Reads the entry that follows the given ones, without looking at signatures. */
    static HistoryEntry read(JsonObject json, List<HistoryEntry> before) {
        return read(json, before, null);
    }

    /** Reads the entry that follows the given ones. */
    static HistoryEntry read(JsonObject json, List<HistoryEntry> before, @Nullable SigningKeys keys) {
        ArtifactHeader.check(json, FORMAT, VERSION);
        long sequence = json.count("sequence");
        if (sequence != before.size() + 1) {
            json.problem("sequence", String.valueOf(sequence), "the name of the file says " + (before.size() + 1));
        }
        Optional<String> predecessor = json.digest("predecessor");
        Optional<PolicyChange> change = json.choice("kind", Kind.class).flatMap(kind -> change(json, kind));
        Instant moment = json.instant("published");
        String author = json.name("author");
        String note = json.text("note");
        if (!note.isBlank() && !Publication.isNote(note)) {
            json.problem("note", ArtifactText.quoted(note), Publication.NOTE);
        }
        Optional<String> digest = json.requiredDigest("digest");
        EntrySignature signature = json.has("signature") ? EntrySignature.read(json.object("signature")) : null;
        if (change.isEmpty()) {
            json.skipOtherFields();
        }
        json.refuseIfInvalid();

        HistoryEntry entry = new HistoryEntry(
                        before.size() + 1,
                        predecessor.orElse(null),
                        change.orElseThrow(),
                        new Publication(moment, author, note))
                .with(signature);
        ArtifactHeader.checkDigest(json, digest, entry.digest());
        json.refuseIfInvalid();
        Consumer<Problem> problems =
                problem -> json.problemAt(problem.pointer().substring(1), problem.found(), problem.expected());
        if (keys != null) {
            EntrySignature.problem(signature, entry.digest(), before, keys).ifPresent(problems);
        }
        HistoryCheck.check(before, entry, problems);
        return entry;
    }

    private static Optional<PolicyChange> change(JsonObject json, Kind kind) {
        return switch (kind) {
            case PUBLISH -> json.embedded("policy", Policy::ofMap).map(Publish::new);
            case ROLL_BACK -> {
                String restores = json.name("restores");
                yield json.embedded("policy", Policy::ofMap).map(policy -> new RollBack(restores, policy));
            }
            case PIN -> Optional.of(new Pin(json.name("pins")));
            case UNPIN -> Optional.of(new Unpin());
        };
    }

    static String kindOf(PolicyChange change) {
        Kind kind = change instanceof Publish
                ? Kind.PUBLISH
                : change instanceof RollBack ? Kind.ROLL_BACK : change instanceof Pin ? Kind.PIN : Kind.UNPIN;
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static String text(HistoryEntry entry) {
        Map<String, Object> json = head(entry);
        entry.change().added().ifPresent(policy -> json.put("policy", new JsonText.Embedded(policy.toJson())));
        json.put("digest", entry.digest());
        EntrySignature signature = entry.signature();
        if (signature != null) {
            json.put("signature", signature.json());
        }
        return JsonText.pretty(json);
    }

    /** What the digest of an entry is taken of: the policy's own digest stands for the policy. */
    static Map<String, Object> content(HistoryEntry entry) {
        Map<String, Object> json = head(entry);
        entry.change()
                .added()
                .ifPresent(policy -> json.put("policy", policy.reference().digest()));
        return json;
    }

    private static Map<String, Object> head(HistoryEntry entry) {
        PolicyChange change = entry.change();
        Map<String, Object> json = ArtifactHeader.of(FORMAT, VERSION);
        json.put("sequence", entry.sequence());
        entry.predecessor().ifPresent(digest -> json.put("predecessor", digest));
        json.put("published", entry.publication().moment().toString());
        json.put("author", entry.publication().author());
        json.put("note", entry.publication().note());
        json.put("kind", kindOf(change));
        if (change instanceof RollBack rollBack) {
            json.put("restores", rollBack.restores());
        } else if (change instanceof Pin pin) {
            json.put("pins", pin.version());
        }
        return json;
    }
}
