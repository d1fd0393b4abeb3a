package io.conversion.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.policy.Decision.Reason;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.DecisionListener;
import io.conversion.policy.monitoring.ArmMonitor;
import io.conversion.policy.monitoring.Challenger;
import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.Refresh;
import io.conversion.policy.serving.WatcherEvent;
import io.conversion.policy.serving.WatcherOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

class StarterTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

    @TempDir
    private Path folder;

    @BeforeEach
    void publish() {
        Artifacts.publish(folder, Artifacts.policy());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Plain {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Listening {

        private final List<DecisionEvent> decided = new CopyOnWriteArrayList<>();
        private final List<WatcherEvent> watched = new CopyOnWriteArrayList<>();

        @Bean
        DecisionListener mine() {
            return (event, nanoseconds) -> decided.add(event);
        }

        @EventListener
        void watched(WatcherEvent event) {
            watched.add(event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Own {

        @Bean
        Clock stopped() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }

        @Bean
        ArmMonitor arms() {
            return new ArmMonitor();
        }
    }

    private ConfigurableApplicationContext start(Class<?> application, String... properties) {
        List<String> arguments = new ArrayList<>(List.of("--conversion.serving.poll=1h"));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(arguments.toArray(String[]::new));
    }

    private String serving() {
        return "conversion.serving.folder=" + folder;
    }

    @Test
    void onePropertyIsEnoughToDecide() {
        try (ConfigurableApplicationContext context = start(Plain.class, serving())) {
            DecisionPoint decisions = context.getBean(DecisionPoint.class);

            assertThat(decisions
                            .decide(Artifacts.USER, DecisionContext.NONE, "request", null)
                            .decision()
                            .action())
                    .isEqualTo("offer_annual_plan");
            assertThat(context.getBean(DriftMonitors.class).settled())
                    .singleElement()
                    .satisfies(monitored -> assertThat(
                                    monitored.monitor().snapshot().decisions())
                            .containsOnly(Map.entry(Reason.BAND, 1L)));
            assertThat(context.getBeansOfType(ArmMonitor.class)).hasSize(1);
            assertThat(context.getBeansOfType(JsonlDecisionLog.class)).isEmpty();
            assertThat(context.getBeansOfType(Challenger.class)).isEmpty();
        }
    }

    @Test
    void listenersOfTheApplicationAreToldOfDecisionsAndOfSwaps() {
        try (ConfigurableApplicationContext context = start(Listening.class, serving())) {
            Listening application = context.getBean(Listening.class);
            context.getBean(DecisionPoint.class).decide(Artifacts.USER, DecisionContext.NONE, "request", null);
            Artifacts.publish(folder, Artifacts.policy("2", 0.4, 0.99));
            context.getBean(ArtifactWatcher.class).refresh();

            assertThat(application.decided)
                    .singleElement()
                    .extracting(DecisionEvent::request)
                    .isEqualTo("request");
            assertThat(application.watched).singleElement().isInstanceOf(Refresh.Swapped.class);
            assertThat(context.getBean(DecisionPoint.class)
                            .decide(Artifacts.USER, DecisionContext.NONE, "request", null)
                            .decision()
                            .action())
                    .isEqualTo("show_benefits");
        }
    }

    @Test
    void logAndChallengerComeWithTheirFolders(@TempDir Path records, @TempDir Path other) throws Exception {
        Artifacts.publish(other, Artifacts.policy("2", 0.4, 0.99));
        try (ConfigurableApplicationContext context = start(
                Plain.class,
                serving(),
                "conversion.log.folder=" + records,
                "conversion.challenger.folder=" + other,
                "conversion.challenger.budget=1m")) {
            context.getBean(DecisionPoint.class).decide(Artifacts.USER, DecisionContext.NONE, "request", null);

            assertThat(context.getBean(Challenger.class).pairs())
                    .containsOnlyKeys(new Challenger.Pair("high_intent", "medium_intent"));
        }
        // Closed with the application, which writes what it has taken.
        assertThat(JsonlDecisionLog.files(records))
                .singleElement()
                .satisfies(file -> assertThat(Files.readString(file)).contains("\"request\":\"request\""));
    }

    @Test
    void beansOfTheApplicationComeFirst() {
        try (ConfigurableApplicationContext context =
                start(Own.class, serving(), "conversion.serving.max-flipped-share=0.5")) {
            assertThat(context.getBean(ArmMonitor.class)).isSameAs(context.getBean("arms"));
            assertThat(context.getBean(ArtifactWatcher.class).status().since()).isEqualTo(NOW);
            assertThat(context.getBean(WatcherOptions.class).maxFlippedShare()).isEqualTo(0.5);
        }
    }

    @Test
    void beansAreSwitchedOff() {
        try (ConfigurableApplicationContext context = start(Plain.class, "conversion.enabled=false")) {
            assertThat(context.getBeansOfType(DecisionPoint.class)).isEmpty();
        }
        try (ConfigurableApplicationContext context = start(Plain.class, serving(), "conversion.drift.enabled=false")) {
            assertThat(context.getBeansOfType(DriftMonitors.class)).isEmpty();
            assertThat(context.getBeansOfType(DecisionPoint.class)).hasSize(1);
        }
    }

    @Test
    void folderThatIsNotNamedStopsTheStart() {
        assertThatThrownBy(() -> start(Plain.class))
                .rootCause()
                .hasMessage("conversion.serving.folder is not set; it must name the folder with manifest.json");
    }

    @Test
    void folderWithNothingToServeStopsTheStart(@TempDir Path empty) {
        assertThatThrownBy(() -> start(Plain.class, "conversion.serving.folder=" + empty))
                .rootCause()
                .hasMessageStartingWith(
                        "the folder " + empty + " has nothing to serve: manifest.json: the file is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "conversion.serving.poll=0s         | conversion.serving.poll is PT0S; it must be 10ms or more",
                "conversion.serving.start-wait=-1s  | conversion.serving.start-wait is PT-1S; it must be 0s or more",
                "conversion.serving.max-flipped-share=NaN | conversion.serving.max-flipped-share is NaN; it must be from",
                "conversion.serving.last-decisions=0 | conversion.serving.last-decisions is 0; it must be 1 or more",
                "conversion.log.capacity=1          | conversion.log.capacity is 1; it must be 2 or more",
                "conversion.drift.pending-capacity=0 | the pending capacity of a drift monitor is 0; at least 1",
                "conversion.drift.followed-share=2  | the followed share of a drift monitor is 2.0; above 0 to 1",
                "conversion.challenger.budget=0ms   | the budget of a challenger is 0 nanoseconds, 10 times in a row"
            })
    void propertyOutOfRangeIsNamed(String argument, String message) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        source.put(argument.substring(0, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));

        assertThatThrownBy(() -> new Binder(source).bind("conversion", ConversionProperties.class))
                .rootCause()
                .hasMessageStartingWith(message);
    }
}
