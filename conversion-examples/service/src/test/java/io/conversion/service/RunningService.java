package io.conversion.service;

import io.conversion.core.ConversionModel;
import io.conversion.policy.Policy;
import io.conversion.policy.serving.ServingFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on a port of its own, and a client that speaks real HTTP with it. */
final class RunningService implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.shared();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final ConfigurableApplicationContext context;
    private final int port;
    private final int managementPort;

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
        this.port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        this.managementPort = context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    /** Starts the service on a folder that is served; more arguments as on its command line. */
    static RunningService start(Path folder, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--conversion.serving.folder=" + folder,
                "--spring.main.banner-mode=off"));
        arguments.addAll(Arrays.asList(more));
        SpringApplication application = new SpringApplication(ServiceApplication.class);
        // Tests refresh by themselves.
        application.setDefaultProperties(Map.of("conversion.serving.poll", "1h"));
        return new RunningService(application.run(arguments.toArray(new String[0])));
    }

    static void publish(Path folder, ConversionModel model, Policy policy) {
        try {
            ServingFolder.publish(folder, model, policy, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that all tests share which change nothing in it; ends with the JVM. */
    static RunningService shared() {
        return Shared.SERVICE;
    }

    private static final class Shared {
        static final RunningService SERVICE = start();

        private static RunningService start() {
            try {
                Path folder = Files.createTempDirectory("conversion-service");
                publish(folder, Artifacts.model(), Artifacts.policy());
                return RunningService.start(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    Answer score(String signals) {
        return post("/score", "{\"signals\": " + signals + "}");
    }

    HttpRequest.Builder request(String path) {
        return request(path, "localhost");
    }

    HttpRequest.Builder request(String path, String host) {
        return HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path));
    }

    /** From the port for probes and meters. */
    Answer manage(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + path)));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body(),
                    response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What came back. */
    record Answer(int status, String type, String text, HttpResponse<String> response) {

        JsonNode json() {
            return JSON.readTree(text);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    @Override
    public void close() {
        context.close();
    }
}
