package io.conversion.policy.serving;

import static io.conversion.policy.serving.Servings.MODEL;
import static io.conversion.policy.serving.Servings.POLICY;
import static io.conversion.policy.serving.Servings.edit;
import static io.conversion.policy.serving.Servings.model;
import static io.conversion.policy.serving.Servings.options;
import static io.conversion.policy.serving.Servings.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.policy.Policy;
import io.conversion.policy.serving.Refresh.Swapped;
import io.conversion.policy.serving.ServingManifest.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServingFolderTest {

    @TempDir
    private Path folder;

    @Test
    void filesAreNamedByTheirContentAndEarlierOnesStay() throws IOException {
        ServingManifest first = ServingFolder.publish(folder, MODEL, POLICY, "First");
        ServingManifest second = ServingFolder.publish(folder, MODEL, policy("2", 0.6, MODEL), "");
        ServingManifest third = ServingFolder.publish(folder, MODEL, POLICY, "Back to the first");

        String model = "model-" + MODEL.reference().digest().substring(7, 23) + ".json";
        assertThat(first.model())
                .isEqualTo(new Artifact(model, MODEL.reference().digest()));
        assertThat(List.of(first, second, third))
                .extracting(ServingManifest::revision)
                .containsExactly(1L, 2L, 3L);
        assertThat(third.policy()).isEqualTo(first.policy());
        assertThat(names())
                .containsExactlyInAnyOrder(
                        "manifest.json",
                        model,
                        first.policy().file(),
                        second.policy().file());
        assertThat(ServingManifest.fromJson(Files.readString(folder.resolve("manifest.json"))))
                .isEqualTo(third);
    }

    @Test
    void pairThatDoesNotFitIsNotWritten() {
        Policy ofOther = policy("1", 0.7, model("2", 1));

        assertThatThrownBy(() -> ServingFolder.publish(folder, MODEL, ofOther, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policy \"offers\" 1 cannot be served with model " + MODEL
                        + ": policy \"offers\" 1 is tuned for model " + ofOther.model()
                        + ", and this is model \"trial\" with digest "
                        + MODEL.reference().digest() + "; every user gets the fallback");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void revisionAfterADamagedManifestIsGivenByThePublisher() throws IOException {
        Files.writeString(folder.resolve("manifest.json"), "{");

        assertThatThrownBy(() -> ServingFolder.publish(folder, MODEL, POLICY, ""))
                .isInstanceOf(InvalidArtifactException.class)
                .hasMessageStartingWith("manifest.json: the file is cut off");
        assertThat(ServingFolder.publish(folder, 9, MODEL, POLICY, "").revision())
                .isEqualTo(9);
        assertThat(ServingFolder.publish(folder, MODEL, POLICY, "").revision()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 6, 7})
    void revisionThatIsNotAboveTheLastIsRefused(long revision) throws IOException {
        ServingManifest last = ServingFolder.publish(folder, 7, MODEL, POLICY, "");
        List<String> before = names();

        assertThatThrownBy(() -> ServingFolder.publish(folder, revision, MODEL, policy("2", 0.6, MODEL), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "revision " + revision + " cannot be published after revision 7, which the folder holds; give"
                                + " one above it, or none for the next one");
        assertThat(ServingManifest.fromJson(Files.readString(folder.resolve("manifest.json"))))
                .isEqualTo(last);
        assertThat(names()).isEqualTo(before);
        assertThat(ServingFolder.publish(folder, 12, MODEL, POLICY, "").revision())
                .isEqualTo(12);
    }

    /** What stands there is not known, so neither is the next revision. */
    @Test
    void manifestThatCannotBeReadIsNotTakenForNone() throws IOException {
        Path manifest = folder.resolve("manifest.json");
        Files.createSymbolicLink(manifest, Path.of("gone.json"));

        assertThatThrownBy(() -> ServingFolder.publish(folder, MODEL, POLICY, ""))
                .isInstanceOf(InvalidArtifactException.class)
                .hasMessageStartingWith("manifest.json: the file is missing");

        Files.delete(manifest);
        Files.createSymbolicLink(manifest, Path.of("manifest.json"));

        assertThatThrownBy(() -> ServingFolder.publish(folder, MODEL, POLICY, ""))
                .isInstanceOf(InvalidArtifactException.class)
                .hasMessageStartingWith("manifest.json: the file is not readable");
    }

    @Test
    void longestManifestThatCanBeWrittenCanBeRead() throws IOException {
        ServingManifest manifest = ServingFolder.publish(folder, MODEL, POLICY, "\u0001".repeat(10_000));

        assertThat(ServingManifest.read(new ServingFolder(folder).manifest())).isEqualTo(manifest);
    }

    /**
     * As a kubelet mounts a ConfigMap: each file is a link to a link to a folder, and the latter is replaced at
     * once.
     */
    @Test
    void mountedConfigMapIsFollowed(@TempDir Path source) throws IOException {
        ServingFolder.publish(source, MODEL, POLICY, "");
        mount(source, "..2026_11_22_1");

        try (ArtifactWatcher watcher = ArtifactWatcher.open(folder, options())) {
            assertThat(watcher.current().revision()).isEqualTo(1);

            ServingFolder.publish(source, MODEL, policy("2", 0.6, MODEL), "");
            mount(source, "..2026_11_22_2");

            assertThat(watcher.refresh()).isInstanceOf(Swapped.class);
            assertThat(watcher.current().policy().version()).isEqualTo("2");
        }
    }

    private void mount(Path source, String version) throws IOException {
        Path data = Files.createDirectory(folder.resolve(version));
        for (String name : names(source)) {
            Files.copy(source.resolve(name), data.resolve(name));
        }
        Path fresh = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(version));
        Files.move(
                fresh, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (String name : names(source)) {
            if (!Files.isSymbolicLink(folder.resolve(name))) {
                Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
            }
        }
    }

    @Test
    void damagedFileOfAnEarlierRevisionIsWrittenAgain() throws IOException {
        ServingManifest manifest = ServingFolder.publish(folder, MODEL, POLICY, "");
        edit(folder.resolve(manifest.model().file()), "trial", "trail");

        ServingFolder.publish(folder, MODEL, POLICY, "");

        try (ArtifactWatcher watcher = ArtifactWatcher.open(folder, options())) {
            assertThat(watcher.current().revision()).isEqualTo(2);
        }
    }

    private List<String> names() throws IOException {
        return names(folder);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.equals(".publish.lock"))
                    .toList();
        }
    }
}
