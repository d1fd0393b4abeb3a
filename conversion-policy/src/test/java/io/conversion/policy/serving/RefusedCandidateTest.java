package io.conversion.policy.serving;

import static io.conversion.policy.serving.Servings.MODEL;
import static io.conversion.policy.serving.Servings.NEXT_MODEL;
import static io.conversion.policy.serving.Servings.NEXT_POLICY;
import static io.conversion.policy.serving.Servings.NOON;
import static io.conversion.policy.serving.Servings.POLICY;
import static io.conversion.policy.serving.Servings.cut;
import static io.conversion.policy.serving.Servings.decide;
import static io.conversion.policy.serving.Servings.edit;
import static io.conversion.policy.serving.Servings.failGolden;
import static io.conversion.policy.serving.Servings.model;
import static io.conversion.policy.serving.Servings.ofTwo;
import static io.conversion.policy.serving.Servings.options;
import static io.conversion.policy.serving.Servings.point;
import static io.conversion.policy.serving.Servings.policy;
import static io.conversion.policy.serving.Servings.writeManifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.ConversionModel;
import io.conversion.core.json.JsonText;
import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.serving.Refresh.Refused;
import io.conversion.policy.serving.Refresh.Swapped;
import io.conversion.policy.serving.ServingManifest.Artifact;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of bad candidate, with the whole sentence that says what is wrong. */
class RefusedCandidateTest {

    @TempDir
    private Path folder;

    private Path manifest;

    @BeforeEach
    void publishFirst() throws IOException {
        ServingFolder.publish(folder, MODEL, POLICY, "");
        manifest = folder.resolve("manifest.json");
    }

    private ArtifactWatcher open() {
        return ArtifactWatcher.open(folder, options());
    }

    private ServingManifest publishNext() throws IOException {
        return ServingFolder.publish(folder, NEXT_MODEL, NEXT_POLICY, "");
    }

    /**
     * The candidate is refused for these reasons, the unit before is served on, and a good candidate is served
     * after it.
     */
    private void assertRefused(ArtifactWatcher watcher, String... reasons) throws IOException {
        ServingUnit before = watcher.current();

        Refresh refresh = watcher.refresh();

        assertThat(refresh).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal().reasons()).containsExactly(reasons);
            assertThat(refused.refusal().moment()).isEqualTo(NOON);
            assertThat(refused.serving()).isSameAs(before);
        });
        assertThat(watcher.current()).isSameAs(before);
        assertThat(watcher.refresh()).isEqualTo(refresh);
        assertThat(watcher.status().refusals()).isEqualTo(1);
        ServingFolder.publish(folder, 1_000, NEXT_MODEL, NEXT_POLICY, "");
        assertThat(watcher.refresh()).isInstanceOf(Swapped.class);
    }

    @Test
    void missingManifest() throws IOException {
        ArtifactWatcher watcher = open();
        Files.delete(manifest);

        assertRefused(
                watcher, "manifest.json: the file is missing; publish all files of a revision, its manifest last");
    }

    @Test
    void missingFolder() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        ServingFolder.publish(other, MODEL, POLICY, "");
        ArtifactWatcher watcher = ArtifactWatcher.open(other, options());
        Path moved = Files.move(other, folder.resolve("moved"));

        Refresh refresh = watcher.refresh();

        assertThat(((Refused) refresh).refusal().reasons())
                .containsExactly("manifest.json: the file is missing; its folder does not exist, or cannot be read");
        Files.move(moved, other);
        assertThat(watcher.refresh()).isInstanceOf(Refresh.Unchanged.class);
    }

    @Test
    void manifestThatIsBeingWritten() throws IOException {
        ArtifactWatcher watcher = open();
        cut(manifest);

        assertRefused(
                watcher,
                "manifest.json: /model/digest is cut off at line 7, column 57; the file is not complete: write"
                        + " or copy it again");
    }

    @Test
    void manifestWithSeveralFaults() throws IOException {
        ArtifactWatcher watcher = open();
        edit(manifest, "\"revision\": 1", "\"revision\": 0, \"owner\": \"ana\"");
        edit(manifest, "\"file\": \"model-", "\"file\": \"../model-");

        assertRefused(
                watcher,
                "manifest.json: /revision is 0; expected a whole number of at least 1",
                "manifest.json: /model/file is \"../model-"
                        + MODEL.reference().digest().substring(7, 23)
                        + ".json\"; expected the name of another file of the same folder: up to 200 letters a"
                        + " to z, digits and . _ -, which"
                        + " starts with a letter or digit",
                "manifest.json: /owner is not a known field; known here are format, format_version, revision,"
                        + " model, policy, note, arm_policies, experiments");
    }

    @Test
    void manifestThatIsLongerThanAnyOne() throws IOException {
        ArtifactWatcher watcher = open();
        Files.writeString(manifest, " ".repeat(200_000));

        assertRefused(
                watcher,
                "manifest.json: the file is longer than 131072 bytes; a manifest names one model and one policy");
    }

    @Test
    void manifestThatIsAFolder() throws IOException {
        ArtifactWatcher watcher = open();
        Files.delete(manifest);
        Files.createDirectory(manifest);

        Refresh refresh = watcher.refresh();

        assertThat(((Refused) refresh).refusal().reasons())
                .containsExactly("manifest.json: the file is no regular file; put a file there");
    }

    @Test
    void missingModelAndPolicy() throws IOException {
        ArtifactWatcher watcher = open();
        ServingManifest next = publishNext();
        Files.delete(folder.resolve(next.model().file()));
        Files.delete(folder.resolve(next.policy().file()));

        assertRefused(
                watcher,
                next.model().file() + ": the file is missing; publish all files of a revision, its manifest last",
                next.policy().file() + ": the file is missing; publish all files of a revision, its manifest last");
    }

    @Test
    void linkThatLeadsOutOfTheFolder(@TempDir Path elsewhere) throws IOException {
        ArtifactWatcher watcher = open();
        ServingManifest next = publishNext();
        Path model = folder.resolve(next.model().file());
        Path target = Files.move(model, elsewhere.resolve("model.json"));
        Files.createSymbolicLink(model, target);

        assertRefused(
                watcher,
                next.model().file() + ": the file is a link that leads out of the folder; put the file itself into the"
                        + " folder that is served");
    }

    @Test
    void manifestThatIsALinkOutOfTheFolder(@TempDir Path elsewhere) throws IOException {
        ArtifactWatcher watcher = open();
        Path target = Files.move(manifest, elsewhere.resolve("manifest.json"));
        Files.createSymbolicLink(manifest, target);

        assertRefused(
                watcher,
                "manifest.json: the file is a link that leads out of the folder; put the file itself into the"
                        + " folder that"
                        + " is served");
    }

    /** A link to itself stands for every file that the file system does not let be read. */
    @Test
    void fileThatCannotBeRead() throws IOException {
        ArtifactWatcher watcher = open();
        ServingManifest next = publishNext();
        Path model = folder.resolve(next.model().file());
        Files.delete(model);
        Files.createSymbolicLink(model, model.getFileName());

        assertRefused(
                watcher,
                next.model().file()
                        + ": the file is not readable; FileSystemException: look at its permissions and its disk");
    }

    @Test
    void cutModel() throws IOException {
        ArtifactWatcher watcher = open();
        ServingManifest next = publishNext();
        cut(folder.resolve(next.model().file()));

        assertRefused(
                watcher,
                next.model().file()
                        + ": /golden/0 is cut off at line 35, column 10; the file is not complete: write or"
                        + " copy it again");
    }

    @Test
    void failingGoldenVector() throws IOException {
        ArtifactWatcher watcher = open();
        ServingManifest next = publishNext();
        Artifact model = failGolden(folder, next.model());
        Files.writeString(manifest, new ServingManifest(2, model, next.policy(), "").toJson());

        assertRefused(
                watcher,
                next.model().file()
                        + ": /golden/0/log_odds is 0x1.234p-1; this JVM computes 0x1.0p-1, so it or the file is"
                        + " not to be trusted with a score");
    }

    @Test
    void otherContentThanTheManifestNames() throws IOException {
        ArtifactWatcher watcher = open();
        ServingManifest next = publishNext();
        NEXT_POLICY.toBuilder("3").build().save(folder.resolve(next.policy().file()));

        assertRefused(
                watcher,
                next.policy().file() + ": the content has "
                        + NEXT_POLICY.toBuilder("3").build().reference().digest() + ", and the manifest names "
                        + NEXT_POLICY.reference().digest() + "; publish the file and its manifest again");
    }

    @Test
    void policyOfAnotherModelThatDescends() throws IOException {
        ArtifactWatcher watcher = open();
        Policy bad = Policy.builder("offers", "9", ModelRequirement.named("churn"))
                .bands(List.of(Band.of("low", 0, "wait"), Band.of("high", 0.5, "offer")))
                .actionRanks(Map.of("wait", 2L, "offer", 1L))
                .fallbackAction("none")
                .build();
        bad.save(folder.resolve("bad.json"));
        writeManifest(
                folder,
                2,
                new ServingManifest(
                        2,
                        publishNext().model(),
                        new Artifact("bad.json", bad.reference().digest()),
                        ""));

        assertRefused(
                watcher,
                "policy \"offers\" 9 is tuned for model \"churn\", and this is model \"trial\" with digest "
                        + NEXT_MODEL.reference().digest() + "; every user gets the fallback",
                "band \"high\" has the action \"offer\" of rank 1, below that of the lower band \"low\","
                        + " \"wait\" of rank 2; correct"
                        + " the actions or the ranks");
    }

    @Test
    void revisionThatIsNotAboveAllThatWereServed() throws IOException {
        ArtifactWatcher watcher = open();
        // Without its manifest a folder does not know what was published.
        Files.delete(folder.resolve("manifest.json"));
        ServingFolder.publish(folder, 1, NEXT_MODEL, NEXT_POLICY, "");

        assertRefused(
                watcher,
                "manifest.json: revision 1 is not above 1, which was served already; publish other content, and earlier"
                        + " content again, as revision 2 or later");
    }

    @Test
    void recordOfTheHostThatDoesNotFitTheSchema() throws IOException {
        ArtifactWatcher watcher =
                ArtifactWatcher.open(folder, options().binds(Servings.Hours.class, MethodHandles.lookup()));
        ConversionModel two = ofTwo("3");
        ServingFolder.publish(folder, two, policy("3", 0.5, two), "");

        assertRefused(
                watcher,
                "record io.conversion.policy.serving.Servings$Hours cannot be bound to signal schema \"two\" 1:\n"
                        + "  signal \"weekend\" has no component; add one, and let it be empty or null where"
                        + " the signal is missing");
    }

    @Test
    void checkOfTheHost() throws IOException {
        ArtifactWatcher watcher = ArtifactWatcher.open(
                folder,
                options()
                        .check(unit ->
                                unit.policy().version().equals("9") ? List.of("the host has no \"offer\"") : List.of())
                        .check(unit -> {
                            if (unit.policy().version().equals("9")) {
                                throw new IllegalStateException("planted");
                            }
                            return List.of();
                        }));
        ServingFolder.publish(folder, NEXT_MODEL, policy("9", 0.6, NEXT_MODEL), "");

        assertRefused(
                watcher, "the host has no \"offer\"", "a check of the host failed: java.lang.IllegalStateException");
    }

    @Test
    void errorOfTheJvmWhileTheCandidateIsJudged() throws IOException {
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().check(unit -> {
            if (unit.policy().version().equals("9")) {
                throw new StackOverflowError("planted");
            }
            return List.of();
        }));
        ServingFolder.publish(folder, NEXT_MODEL, policy("9", 0.6, NEXT_MODEL), "");

        assertRefused(watcher, "the candidate cannot be loaded: java.lang.StackOverflowError");
    }

    /** A file with holes, which takes no room on the disk. */
    @Test
    void modelThatIsLongerThanAnyOne() throws IOException {
        ArtifactWatcher watcher = open();
        ServingManifest next = publishNext();
        try (SeekableByteChannel file =
                Files.newByteChannel(folder.resolve(next.model().file()), StandardOpenOption.WRITE)) {
            file.position(40L << 20).write(ByteBuffer.wrap(new byte[] {'}'}));
        }

        assertRefused(watcher, next.model().file() + ": the file is too large; at most 33554432 bytes are read");
    }

    @Test
    void flipsMoreOfTheLastDecisionsThanAllowed() throws IOException {
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().maxFlippedShare(0.25, 4));
        DecisionPoint point = point(watcher, watcher);
        // The next model offers from a probability of 0.6 at half an hour less: to the second and the third of these.
        for (double hours : new double[] {0.7, 5, 0.1, 0.6, 3}) {
            decide(point, Map.of("hours", hours));
        }
        publishNext();

        Refresh refresh = watcher.refresh();

        assertThat(((Refused) refresh).refusal().reasons())
                .containsExactly(
                        "revision 2 answers 2 of the last 4 decisions with another action, and a share of 0.25 may"
                                + " be; publish a smaller change as the next revision, or allow more");
    }

    @Test
    void readingsOfAnotherSchemaAreReadAgain() throws IOException {
        ConversionModel two = ofTwo("3");
        ServingFolder.publish(folder, two, policy("3", 0.7, two), "");
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().maxFlippedShare(0.5, 10));
        DecisionPoint point = point(watcher, watcher);
        // The first schema refuses a flag; what the second one refused is not known any more.
        decide(point, Map.of("hours", 1, "weekend", true));
        decide(point, Map.of("hours", 1, "weekend", true));
        decide(point, Map.of("hours", 1));
        decide(point, Map.of("weekend", true));
        publishNext();

        Refresh refresh = watcher.refresh();

        assertThat(((Refused) refresh).refusal().reasons())
                .containsExactly(
                        "revision 3 answers 2 of the last 3 decisions with another action, and a share of 0.5 may"
                                + " be; publish a smaller change as the next revision, or allow more");
    }

    @Test
    void shareThatIsReachedExactlyIsAllowed() throws IOException {
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().maxFlippedShare(0.29, 100));
        DecisionPoint point = point(watcher, watcher);
        for (int i = 0; i < 100; i++) {
            decide(point, Map.of("hours", i < 29 ? 0.6 : 5));
        }
        publishNext();

        assertThat(watcher.refresh()).isInstanceOf(Swapped.class);
    }

    /** The decisions are those of the unit that was rolled back; what counts is what would change now. */
    @Test
    void flipsAreCountedAgainstTheUnitThatIsServed() throws IOException {
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().maxFlippedShare(0, 10));
        DecisionPoint point = point(watcher, watcher);
        publishNext();
        watcher.refresh();
        decide(point, Map.of("hours", 0.6));
        watcher.rollBack(2);
        ServingFolder.publish(folder, MODEL, policy("1 again", 0.7, MODEL), "");

        assertThat(watcher.refresh()).isInstanceOf(Swapped.class);
    }

    @Test
    void nothingIsServedIfTheFirstCandidateIsBad() throws IOException {
        Files.writeString(manifest, "[]");

        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        NothingToServeException.class,
                        refused -> assertThat(refused.reasons())
                                .containsExactly("manifest.json: the file is a list; expected an object"))
                .hasMessage("the folder " + folder
                        + " has nothing to serve: manifest.json: the file is a list; expected an object");
    }

    @Test
    void reasonsOfADamagedFileAreCutOff() throws IOException {
        ArtifactWatcher watcher = open();
        StringBuilder fields = new StringBuilder("\"revision\": 1");
        for (int i = 0; i < 150; i++) {
            fields.append(", \"field").append(i).append("\": ").append(i);
        }
        edit(manifest, "\"revision\": 1", fields.toString());

        Refresh refresh = watcher.refresh();

        assertThat(((Refused) refresh).refusal().reasons()).hasSize(101).endsWith("there are 50 more problems");
        assertThat(JsonText.line(((Refused) refresh).refusal().reasons())).doesNotContain(folder.toString());
    }
}
