package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StartTest {

    @TempDir
    Path folder;

    @Test
    void withoutAGoodUnitOneMessageSaysWhy() {
        Output output = failedStart("--conversion.serving.folder=" + folder);

        assertThat(output.text())
                .contains("APPLICATION FAILED TO START", """
                        Description:

                        the folder %s has nothing to serve: manifest.json: the file is missing; publish all files of a \
                        revision, its manifest last

                        Action:

                        Publish a model and a policy""".formatted(folder))
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "conversion.limits.body=1GB         | conversion.limits.body is 1073741824B; it must be from 1 byte to",
                "conversion.limits.batch-body=0B    | conversion.limits.batch-body is 0B; it must be from 1 byte to",
                "conversion.limits.rows=0           | conversion.limits.rows is 0; it must be 1 or more",
                "conversion.limits.batches=0        | conversion.limits.batches is 0; it must be 1 or more",
                "conversion.limits.turn-wait=10s    | conversion.limits.turn-wait is PT10S; it must be 1ms or more",
                "conversion.limits.receive-time=1m  | conversion.limits.receive-time is PT1M; it must be 100ms or more"
            })
    void propertyOutOfRangeIsNamed(String argument, String message) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        source.put(argument.substring(0, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));

        assertThatThrownBy(() -> new Binder(source).bind("conversion", ServiceProperties.class))
                .rootCause()
                .hasMessageStartingWith(message);
    }

    @Test
    void missingFolderIsNamed() {
        assertThat(failedStart().text())
                .contains("conversion.serving.folder is not set; it must name the folder with manifest.json")
                .doesNotContain("\tat ");
    }

    private static Output failedStart(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--server.port=0";
        all[arguments.length + 1] = "--management.server.port=0";
        return Output.of(() -> assertThatThrownBy(() -> SpringApplication.run(ServiceApplication.class, all))
                .isNotNull());
    }

    @Test
    void noTrainingIsOnTheClassPath() {
        for (String name :
                new String[] {"smile.classification.LogisticRegression", "io.conversion.model.LogisticTrainer"}) {
            assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
        }
    }
}
