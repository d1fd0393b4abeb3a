package io.conversion.policy.serving;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonText;
import io.conversion.policy.internal.Wording;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names the model and the policy that are to be served together: the file {@value #FILE} of a folder of artifacts. The
 * file format is described in {@code docs/serving.md}. Immutable and safe to share between threads.
 *
 * @param revision a number that rises with each manifest of a folder, from 1 to 2^53
 * @param model the model
 * @param policy the policy
 * @param armPolicies the policies of arms of experiments, beside the policy that decides on everybody else
 * @param experiments the experiments, of one layer
 * @param note why this pair is published; any text of at most 10,000 characters, may be empty
 */
public record ServingManifest(
        long revision,
        Artifact model,
        Artifact policy,
        List<Artifact> armPolicies,
        List<Artifact> experiments,
        String note) {

    /** The name of the file. */
    public static final String FILE = "manifest.json";

    /** The highest revision. */
    static final long MAX_REVISION = 1L << 53;

    /** What the name of an artifact's file must be, as the end of a message. */
    static final String FILE_NAME =
            "expected the name of another file of the same folder: up to 200 letters a to z, digits"
                    + " and . _ -, which starts with a letter or digit";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

    /**
     * Checks the parts. {@inheritDoc}
     *
     * @throws IllegalArgumentException if the revision is out of range, both artifacts are one file, or the note is
     *     none
     */
    public ServingManifest {
        if (!(revision >= 1 && revision <= MAX_REVISION)) {
            throw new IllegalArgumentException(
                    "a manifest cannot have the revision " + revision + "; it must be from 1 to " + MAX_REVISION);
        }
        armPolicies = List.copyOf(armPolicies);
        experiments = List.copyOf(experiments);
        if (model.file().equals(policy.file())) {
            throw new IllegalArgumentException(
                    "a manifest cannot name the file " + Wording.quoted(model.file()) + " for both model and policy");
        }
        if (!ArtifactText.isText(note)) {
            throw new IllegalArgumentException("a manifest cannot have a note of " + note.length()
                    + " characters; it must be well-formed text of at most " + ArtifactText.LONGEST_TEXT);
        }
    }

    /**
     * Of a model and a policy without experiments.
     *
     * @param revision the revision, from 1
     * @param model the model
     * @param policy the policy
     * @param note what is new
     */
    public ServingManifest(long revision, Artifact model, Artifact policy, String note) {
        this(revision, model, policy, List.of(), List.of(), note);
    }

    /** All files that it names. */
    List<Artifact> artifacts() {
        List<Artifact> all = new ArrayList<>(List.of(model, policy));
        all.addAll(armPolicies);
        all.addAll(experiments);
        return all;
    }

    /**
     * One artifact that a manifest names.
     *
     * @param file the plain name of its file, in the folder of the manifest
     * @param digest the digest of its content, as the artifact itself and each decision state it
     */
    public record Artifact(String file, String digest) {

        /**
         * Checks name and digest. {@inheritDoc}
         *
         * @throws IllegalArgumentException if the file is no plain name, or the digest is none
         */
        public Artifact {
            if (!isFileName(file)) {
                throw new IllegalArgumentException(
                        "a manifest cannot name the file " + ArtifactText.quoted(file) + "; " + FILE_NAME);
            }
            if (!ArtifactText.isDigest(digest)) {
                throw new IllegalArgumentException("the file " + Wording.quoted(file) + " cannot have the digest "
                        + ArtifactText.quoted(digest) + "; expected sha256: and 64 hexadecimal digits");
            }
        }
    }

    /** Whether a text is a plain file name that no file system takes for anything else. */
    static boolean isFileName(String name) {
        return NAME.matcher(name).matches() && !name.equals(FILE);
    }

    /**
     * Reads a manifest from the text of its file.
     *
     * @param json the text
     * @return the manifest
     * @throws InvalidArtifactException if the content is refused
     */
    public static ServingManifest fromJson(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    static ServingManifest read(byte[] json) {
        return JsonDocument.read(json, FILE, ManifestFormat::read);
    }

    /**
     * The text of the manifest's file.
     *
     * @return JSON text
     */
    public String toJson() {
        return JsonText.pretty(ManifestFormat.json(this));
    }
}
