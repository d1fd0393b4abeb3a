package io.conversion.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import tools.jackson.databind.json.JsonMapper;

/** Compiles and runs the application of {@code docs/spring-boot.md}, and asks it what the page asks. */
class GuideTest {

    private static final String IMPORTS = """
            package trial;
            import io.conversion.policy.requests.UserRequest;
            import io.conversion.policy.serving.DecisionPoint;
            import java.util.Map;
            import org.springframework.boot.SpringApplication;
            import org.springframework.boot.autoconfigure.SpringBootApplication;
            import org.springframework.web.bind.annotation.PostMapping;
            import org.springframework.web.bind.annotation.RequestBody;
            import org.springframework.web.bind.annotation.RestController;
            """;

    @Test
    void applicationAnswersWhatThePageSays(@TempDir Path classes, @TempDir Path folder) throws Exception {
        String page = Files.readString(Path.of("..", "..", "docs", "spring-boot.md"));
        compile(IMPORTS + found(page, "```java\n(.*?)```"), classes);
        Artifacts.publish(folder, Artifacts.policy());

        try (URLClassLoader loader = new URLClassLoader(
                        new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
                ConfigurableApplicationContext context = run(loader, folder)) {
            String answer = post(context, found(page, "answers `(\\{.*?\\})` by"));

            assertThat(JsonMapper.shared().readTree(answer).get("details"))
                    .isEqualTo(JsonMapper.shared().readTree(found(page, "```json\n(.*?)```")));
        }
    }

    private static ConfigurableApplicationContext run(ClassLoader loader, Path folder) throws Exception {
        SpringApplication application =
                new SpringApplication(new DefaultResourceLoader(loader), loader.loadClass("trial.TrialApplication"));
        return application.run("--server.port=0", "--conversion.serving.folder=" + folder);
    }

    private static String post(ConfigurableApplicationContext context, String body) throws Exception {
        URI uri =
                URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port") + "/decide");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static String found(String page, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static void compile(String code, Path classes) throws Exception {
        Path source = Files.createDirectories(classes.resolve("trial")).resolve("TrialApplication.java");
        Files.writeString(source, code);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream messages = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int exit = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        messages,
                        messages,
                        "-proc:none",
                        "-parameters",
                        "-d",
                        classes.toString(),
                        "--class-path",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertThat(exit).as(bytes.toString(StandardCharsets.UTF_8)).isZero();
    }
}
