package io.conversion.openfeature;

import static io.conversion.openfeature.Fixtures.MODEL;
import static io.conversion.openfeature.Fixtures.POLICY;
import static io.conversion.openfeature.Fixtures.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EventDetails;
import io.conversion.policy.Policy;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.ServingFolder;
import io.conversion.policy.serving.WatcherOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwappedUnitTest {

    @TempDir
    private Path folder;

    /** 5.1: a provider signals that its configuration changed. */
    @Test
    void clientsAreToldOfASwapAndNotOfARefusal() throws Exception {
        ServingFolder.publish(folder, MODEL, POLICY, "the first pair");
        AtomicReference<ConversionProvider> provider = new AtomicReference<>();
        ArtifactWatcher watcher = ArtifactWatcher.open(
                folder,
                WatcherOptions.defaults()
                        .listener(
                                event -> Objects.requireNonNull(provider.get()).watched(event)));
        ConversionProvider told = ConversionProvider.of(DecisionPoint.of(watcher));
        provider.set(told);
        Client client = Fixtures.client(told, "swapped");
        BlockingQueue<EventDetails> events = new LinkedBlockingQueue<>();
        client.onProviderConfigurationChanged(events::add);
        byte[] manifest = Files.readAllBytes(folder.resolve("manifest.json"));

        Files.writeString(folder.resolve("manifest.json"), "{");
        watcher.refresh();
        Files.write(folder.resolve("manifest.json"), manifest);
        Policy next = POLICY.toBuilder("9").fallbackAction("wait").build();
        ServingFolder.publish(folder, MODEL, next, "another fallback");
        watcher.refresh();

        EventDetails event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        assertThat(event.getFlagsChanged())
                .containsExactly(
                        "conversion.action", "conversion.segment", "conversion.probability", "conversion.decision");
        assertThat(event.getMessage()).startsWith("serving revision 2: model \"trial-conversion\" 1");
        assertThat(events).isEmpty();
        assertThat(client.getStringDetails("conversion.action", "mine", user(null, 3, false))
                        .getFlagMetadata()
                        .getLong("revision"))
                .isEqualTo(2);
    }
}
