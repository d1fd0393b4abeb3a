package io.conversion.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The metadata of the jar, by which editors offer properties, describe the properties that there are. */
class MetadataTest {

    @Test
    void everyPropertyIsDescribedWithItsTypeAndDefault() throws Exception {
        Map<String, String> described = new LinkedHashMap<>();
        for (JsonNode property : metadata().get("properties")) {
            String name = property.get("name").asString();
            assertThat(property.get("description").asString()).as(name).endsWith(".");
            if (name.startsWith("conversion.")) {
                String value = property.has("defaultValue")
                        ? property.get("defaultValue").asString()
                        : "none";
                described.put(name, property.get("type").asString() + " = " + value);
            }
        }

        Map<String, String> bound = new LinkedHashMap<>();
        components("conversion", ConversionProperties.class, bound);
        assertThat(described).containsExactlyEntriesOf(bound);
    }

    @Test
    void defaultsAreBoundWhereNothingIsSet() {
        ConversionProperties properties =
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("conversion", ConversionProperties.class);

        assertThat(properties.enabled()).isTrue();
        assertThat(properties.serving().folder()).isNull();
        assertThat(properties.serving().poll()).isEqualTo(Duration.ofSeconds(5));
        assertThat(properties.challenger().options().nanoseconds()).isEqualTo(1_000_000);
    }

    private static JsonNode metadata() throws Exception {
        String file = "META-INF/spring-configuration-metadata.json";
        // That of other jars has the same name.
        List<JsonNode> all = new ArrayList<>();
        for (URL url : Collections.list(MetadataTest.class.getClassLoader().getResources(file))) {
            try (InputStream in = url.openStream()) {
                all.add(JsonMapper.shared().readTree(in));
            }
        }
        return all.stream()
                .filter(json -> json.get("groups").toString().contains("io.conversion.spring"))
                .findFirst()
                .orElseThrow();
    }

    private static void components(String prefix, Class<?> type, Map<String, String> found) {
        RecordComponent[] all = type.getRecordComponents();
        for (int i = 0; i < all.length; i++) {
            String name = prefix + "." + dashed(all[i].getName());
            if (all[i].getType().isRecord()) {
                components(name, all[i].getType(), found);
            } else {
                Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(all[i].getType());
                DefaultValue value =
                        type.getDeclaredConstructors()[0].getParameters()[i].getAnnotation(DefaultValue.class);
                assertThat(value == null).as(name).isEqualTo(boxed == Path.class);
                found.put(name, boxed.getName() + " = " + (value == null ? "none" : value.value()[0]));
            }
        }
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
