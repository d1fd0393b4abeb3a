package io.conversion.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.model.LogisticTrainer;
import io.conversion.model.StreamingUsers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the Java of the README, and compares what it prints with what the README says it prints. */
class ReadmeTest {

    private static final Path README = Path.of("..", "..", "README.md");

    @Test
    void printsWhatTheReadmeSays(@TempDir Path folder) throws Exception {
        String code = firstBlock("java");
        LogisticTrainer.withDefaults()
                .train(StreamingUsers.generate(5_000, 42).training())
                .publish("trial-conversion", "1")
                .save(folder.resolve("model.json"));
        Files.copy(Path.of("src", "main", "resources", "case-study-policy.json"), folder.resolve("policy.json"));

        String printed = run(compile(code.replace("Path.of(\"", "Path.of(\"" + folder + "/"), folder));

        Matcher comment = Pattern.compile("// prints (.*)").matcher(code);
        assertThat(comment.find()).isTrue();
        assertThat(printed.strip()).isEqualTo(comment.group(1).strip());
    }

    private static String firstBlock(String language) throws Exception {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static Path compile(String code, Path folder) throws Exception {
        Path source = folder.resolve("Snippet.java");
        Files.writeString(source, """
                import io.conversion.core.*;
                import io.conversion.policy.*;
                import java.nio.file.Path;

                public class Snippet {
                    public static void main(String[] args) throws Exception {
                %s
                    }
                }
                """.formatted(code));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
        arguments.addAll(List.of("--module-path", System.getProperty("jdk.module.path")));
        arguments.addAll(List.of("--add-modules", "io.conversion.core,io.conversion.policy"));
        arguments.add(source.toString());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream messages = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int exit =
                ToolProvider.findFirst("javac").orElseThrow().run(messages, messages, arguments.toArray(new String[0]));
        assertThat(exit).as(bytes.toString(StandardCharsets.UTF_8)).isZero();
        return folder;
    }

    private static String run(Path classes) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("Snippet").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
