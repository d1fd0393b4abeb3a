package io.conversion.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** A page of the documentation. Its blocks of Java are one program, which says in comments what it prints. */
final class MarkdownPage {

    private static final Path ROOT = Path.of("..", "..");

    private final String text;

    private MarkdownPage(String text) {
        this.text = text;
    }

    /** Reads a page by its path from the root of the repository. */
    static MarkdownPage read(String path) throws IOException {
        return new MarkdownPage(Files.readString(ROOT.resolve(path)));
    }

    /** The blocks in one language, in the order of the page, at least one. */
    List<String> blocks(String language) {
        List<String> blocks = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).isNotEmpty();
        return blocks;
    }

    /** The lines that the comments say are printed. */
    List<String> promised() {
        return Pattern.compile("// prints (.*)")
                .matcher(java())
                .results()
                .map(comment -> comment.group(1).strip())
                .toList();
    }

    /** The lines that the program prints. It finds its files in the folder, and its classes are written there. */
    List<String> run(Path folder) throws Exception {
        compile(java().replace("Path.of(\"", "Path.of(\"" + folder + "/"), folder);
        return printed(folder).lines().map(String::strip).toList();
    }

    private String java() {
        return String.join("\n", blocks("java"));
    }

    private static void compile(String code, Path folder) throws IOException {
        Path source = folder.resolve("Snippet.java");
        Files.writeString(source, """
                import dev.openfeature.sdk.*;
                import io.conversion.core.*;
                import io.conversion.core.provenance.*;
                import io.conversion.core.shapes.*;
                import io.conversion.core.signals.*;
                import io.conversion.model.*;
                import io.conversion.model.comparison.*;
                import io.conversion.model.data.*;
                import io.conversion.model.evaluation.*;
                import io.conversion.model.report.*;
                import io.conversion.model.synthetic.*;
                import io.conversion.openfeature.*;
                import io.conversion.policy.*;
                import io.conversion.policy.economics.*;
                import io.conversion.policy.history.*;
                import io.conversion.policy.monitoring.*;
                import io.conversion.policy.records.*;
                import io.conversion.policy.requests.*;
                import io.conversion.policy.review.*;
                import io.conversion.policy.serving.*;
                import io.conversion.policy.signing.*;
                import io.conversion.policy.testkit.*;
                import java.io.IOException;
                import java.lang.invoke.MethodHandles;
                import java.nio.file.Files;
                import java.nio.file.Path;
                import java.time.*;
                import java.util.*;
                import java.util.concurrent.*;
                import net.jqwik.api.Arbitrary;
                import net.jqwik.api.ForAll;
                import net.jqwik.api.Property;
                import net.jqwik.api.Provide;
                import smile.base.cart.Node;
                import smile.base.cart.RegressionNode;
                import smile.data.DataFrame;
                import smile.data.Tuple;
                import smile.data.formula.Formula;
                import smile.data.type.StructType;
                import smile.regression.RegressionTree;

                public class Snippet {
                    public static void main(String[] args) throws Exception {
                %s
                    }
                }
                """.formatted(code));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
        arguments.addAll(List.of("--module-path", System.getProperty("jdk.module.path")));
        // The libraries of tests, the test kit among them, are on the class path.
        arguments.addAll(List.of("--class-path", System.getProperty("java.class.path")));
        arguments.addAll(List.of("--add-modules", "io.conversion.core,io.conversion.model,io.conversion.policy"));
        arguments.add(source.toString());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream messages = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int exit =
                ToolProvider.findFirst("javac").orElseThrow().run(messages, messages, arguments.toArray(new String[0]));
        assertThat(exit).as(bytes.toString(StandardCharsets.UTF_8)).isZero();
    }

    private static String printed(Path classes) throws Exception {
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
