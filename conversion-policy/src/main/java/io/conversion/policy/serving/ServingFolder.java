package io.conversion.policy.serving;

import io.conversion.core.ConversionModel;
import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.artifact.InvalidArtifactException.Problem;
import io.conversion.core.json.AtomicFile;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonText;
import io.conversion.policy.Experiment;
import io.conversion.policy.Policy;
import io.conversion.policy.serving.ServingManifest.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;

/**
 * A folder with a model, a policy and the {@link ServingManifest} that names them: written by {@link #publish}, read by
 * an {@link ArtifactWatcher}.
 *
 * <p>Only files of the folder are read. A file may be a symbolic link, as those of a mounted Kubernetes ConfigMap are,
 * but one that leads out of the folder is refused. Immutable; safe to share between threads.
 */
public final class ServingFolder {

    /** The largest manifest that is read, in bytes; a note of the greatest length fits in. */
    static final int MAX_MANIFEST_BYTES = 128 * 1024;

    private static final int DIGITS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path path;

    ServingFolder(Path path) {
        this.path = path;
    }

    /**
     * Publishes a model and a policy as the next revision of a folder. Both are written under names of their own, which
     * begin with {@code model-} and {@code policy-} and hold the first digits of their digests; then the manifest takes
     * the place of the one before. A reader sees the old pair or the new one. Earlier files stay, so that an earlier
     * pair can be published again.
     *
     * <p>Any number of threads and processes may publish at once: each waits its turn, and gets a revision of its own. A
     * process that is killed leaves the pair of before or its own, and holds nobody up.
     *
     * @param folder an existing folder
     * @param model the model
     * @param policy the policy
     * @param note why this pair is published; may be empty
     * @return the manifest, of revision 1 in a folder that has none yet
     * @throws IllegalArgumentException if the policy does not fit the model; the message lists every misfit
     * @throws InvalidArtifactException if the folder has a manifest that is refused, so that its revision is not known
     * @throws IOException if a file cannot be read or written, or others publish for half a minute
     */
    public static ServingManifest publish(Path folder, ConversionModel model, Policy policy, String note)
            throws IOException {
        return publish(folder, model, policy, List.of(), List.of(), note);
    }

    /**
     * Publishes a model, a policy and experiments as the next revision: their files, then the manifest.
     *
     * @param folder an existing folder
     * @param model the model
     * @param policy the policy that decides on everybody who is in no experiment
     * @param armPolicies the policies of arms, beside the policy
     * @param experiments the experiments, of one layer
     * @param note what is new; may be empty
     * @return the manifest that was written
     * @throws IOException if a file cannot be written
     * @throws IllegalArgumentException if they do not fit; the message lists every misfit
     */
    public static ServingManifest publish(
            Path folder,
            ConversionModel model,
            Policy policy,
            List<Policy> armPolicies,
            List<Experiment> experiments,
            String note)
            throws IOException {
        ServingUnit.of(model, policy, armPolicies, experiments);
        PublishLock turn = PublishLock.of(folder, PATIENCE);
        try {
            // A link that leads nowhere is there, and so may be what cannot be looked at.
            long last = Files.notExists(folder.resolve(ServingManifest.FILE), LinkOption.NOFOLLOW_LINKS)
                    ? 0
                    : ServingManifest.read(new ServingFolder(folder).manifest()).revision();
            return write(folder, last + 1, model, policy, armPolicies, experiments, note);
        } finally {
            turn.close();
        }
    }

    /**
     * Publishes a model and a policy under a given revision, such as where the manifest of a folder was lost. A manifest
     * that can be read tells the last one; which revisions were given without it is the caller's to know: a watcher
     * refuses one that is not above those that it has served.
     *
     * @param folder an existing folder
     * @param revision the revision, above all that were published
     * @param model the model
     * @param policy the policy
     * @param note why this pair is published; may be empty
     * @return the manifest
     * @throws IllegalArgumentException if the policy does not fit the model, or the revision is below 1 or not above that
     *     of the folder
     * @throws IOException if a file cannot be written
     */
    public static ServingManifest publish(Path folder, long revision, ConversionModel model, Policy policy, String note)
            throws IOException {
        ServingUnit.of(model, policy);
        PublishLock turn = PublishLock.of(folder, PATIENCE);
        try {
            long last = lastReadable(folder);
            if (revision <= last && revision >= 1) {
                throw new IllegalArgumentException("revision " + revision + " cannot be published after revision "
                        + last + ", which the folder holds; give one above it, or none for the next one");
            }
            return write(folder, revision, model, policy, List.of(), List.of(), note);
        } finally {
            turn.close();
        }
    }

    /** The revision of the manifest of a folder; 0 if there is none that can be read. */
    private static long lastReadable(Path folder) {
        try {
            return ServingManifest.read(new ServingFolder(folder).manifest()).revision();
        } catch (InvalidArtifactException e) {
            return 0;
        }
    }

    private static ServingManifest write(
            Path folder,
            long revision,
            ConversionModel model,
            Policy policy,
            List<Policy> armPolicies,
            List<Experiment> experiments,
            String note)
            throws IOException {
        ServingManifest manifest = new ServingManifest(
                revision,
                artifact("model", model.reference().digest()),
                artifact("policy", policy.reference().digest()),
                armPolicies.stream()
                        .map(arm -> artifact("policy", arm.reference().digest()))
                        .toList(),
                experiments.stream()
                        .map(of -> artifact("experiment", of.reference().digest()))
                        .toList(),
                note);
        model.save(folder.resolve(manifest.model().file()));
        policy.save(folder.resolve(manifest.policy().file()));
        for (int i = 0; i < armPolicies.size(); i++) {
            armPolicies.get(i).save(folder.resolve(manifest.armPolicies().get(i).file()));
        }
        for (int i = 0; i < experiments.size(); i++) {
            experiments
                    .get(i)
                    .write(folder.resolve(manifest.experiments().get(i).file()));
        }
        AtomicFile.write(folder.resolve(ServingManifest.FILE), manifest.toJson());
        return manifest;
    }

    private static Artifact artifact(String kind, String digest) {
        int start = digest.indexOf(':') + 1;
        return new Artifact(kind + "-" + digest.substring(start, start + DIGITS) + ".json", digest);
    }

    /** The bytes of the manifest. */
    byte[] manifest() {
        return read(ServingManifest.FILE, file -> {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(MAX_MANIFEST_BYTES + 1);
                if (bytes.length > MAX_MANIFEST_BYTES) {
                    throw refused(
                            ServingManifest.FILE,
                            "longer than " + MAX_MANIFEST_BYTES + " bytes",
                            "a manifest names one model and one policy");
                }
                return bytes;
            }
        });
    }

    /** What tells a file from another version of it: a digest of its bytes, or what is wrong with it. */
    String fingerprint(String name) {
        try {
            return read(name, file -> {
                if (Files.size(file) > JsonDocument.MAX_BYTES) {
                    return "more than is ever read";
                }
                MessageDigest digest = JsonText.sha256();
                try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
                return JsonText.digestText(digest.digest());
            });
        } catch (InvalidArtifactException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Reads a file of the folder, wherever in the folder its links lead; what is no fault of the content has a cause. */
    <T> T read(String name, Reader<T> reader) {
        try {
            Path file = path.resolve(name).toRealPath();
            if (!file.startsWith(path.toRealPath())) {
                throw refused(
                        name,
                        "a link that leads out of the folder",
                        "put the file itself into the folder that is served");
            }
            if (!Files.isRegularFile(file)) {
                throw refused(name, "no regular file", "put a file there");
            }
            return reader.read(file);
        } catch (NoSuchFileException e) {
            throw refused(
                    name,
                    "missing",
                    Files.isDirectory(path)
                            ? "publish all files of a revision, its manifest last"
                            : "its folder does not exist, or cannot be read",
                    e);
        } catch (IOException e) {
            // No message of the file system, since those tell its paths.
            throw refused(
                    name, "not readable", e.getClass().getSimpleName() + ": look at its permissions and its disk", e);
        }
    }

    private static InvalidArtifactException refused(String name, String found, String expected, IOException cause) {
        InvalidArtifactException refused = refused(name, found, expected);
        refused.initCause(cause);
        return refused;
    }

    private static InvalidArtifactException refused(String name, String found, String expected) {
        return new InvalidArtifactException(name, List.of(new Problem("", found, expected)));
    }

    /** Reads an existing file. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Path file) throws IOException;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
