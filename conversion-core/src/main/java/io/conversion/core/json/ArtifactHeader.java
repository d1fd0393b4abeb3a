package io.conversion.core.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What all artifact files share: the name and version of their format at the top, and the check of their digest. */
public final class ArtifactHeader {

    private ArtifactHeader() {}

    /**
     * Starts the content of an artifact file.
     *
     * @param format the name of the format
     * @param version its version
     * @return a map to add the other fields to
     */
    public static Map<String, Object> of(String format, int version) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", format);
        json.put("format_version", version);
        return json;
    }

    /**
     * Refuses a file of another format or of a newer version. Nothing else of such a file is looked at, since it may
     * mean something else.
     *
     * @param json the root object
     * @param format the name of the format
     * @param version the newest version that this library reads
     */
    public static void check(JsonObject json, String format, int version) {
        String found = json.text("format");
        if (!found.isEmpty() && !found.equals(format)) {
            json.problem("format", ArtifactText.quoted(found), "expected \"" + format + "\"");
            json.refuseNow();
        }
        long number = json.count("format_version");
        if (number > version) {
            json.problem(
                    "format_version",
                    String.valueOf(number),
                    "this release reads versions up to " + version + ": use a newer release of the library");
            json.refuseNow();
        } else if (number < 1 && json.isValid()) {
            json.problem("format_version", String.valueOf(number), "expected a version from 1 to " + version);
        }
    }

    /**
     * Reports a digest that the content does not have.
     *
     * @param json the object that holds the field {@code digest}
     * @param given the digest in the file
     * @param computed the digest of the content
     */
    public static void checkDigest(JsonObject json, Optional<String> given, String computed) {
        checkDigest(json, given, computed, "");
    }

    /**
     * Reports a digest that the content does not have, of a file that people edit: it may be left out of a draft, and the
     * message says so.
     *
     * @param json the object that holds the field {@code digest}
     * @param given the digest in the file; a draft has none
     * @param computed the digest of the content
     */
    public static void checkDraftDigest(JsonObject json, Optional<String> given, String computed) {
        String remedy =
                "; if you edited it, delete the line \"digest\" and the comma that it leaves behind, and the file"
                        + " is read as a draft";
        checkDigest(json, given, computed, remedy);
    }

    private static void checkDigest(JsonObject json, Optional<String> given, String computed, String remedy) {
        if (given.isPresent() && !given.get().equals(computed)) {
            json.problem(
                    "digest",
                    ArtifactText.shown(given.get()),
                    "the content has " + computed + ": it was changed after it was sealed, or the file is damaged"
                            + remedy);
        }
    }
}
