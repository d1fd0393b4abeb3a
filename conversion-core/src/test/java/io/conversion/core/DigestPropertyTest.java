package io.conversion.core;

import static io.conversion.core.Fixtures.MODEL;
import static io.conversion.core.Fixtures.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DigestPropertyTest {

    @Property(tries = 300)
    void spellingOfASchemaFileDoesNotChangeItsDigest(@ForAll Random random) {
        String respelled = JsonSpelling.respelled(SCHEMA.toJson(), random);

        SignalSchema read = SignalSchema.fromJson(respelled);

        assertThat(read.digest()).isEqualTo(SCHEMA.digest());
        assertThat(read.declared()).isEqualTo(SCHEMA.declared());
    }

    @Property(tries = 300)
    void spellingOfAnArtifactDoesNotChangeItsDigest(@ForAll Random random, @ForAll("numbers") double number) {
        ConversionModel model = withoutLevels(number);
        String respelled = JsonSpelling.respelled(model.toJson(), random);

        assertThat(ConversionModel.fromJson(respelled).reference()).isEqualTo(model.reference());
    }

    @Property(tries = 300)
    void anyValueChangedInASealedSchemaIsNoticed(@ForAll Random random) {
        String changed = JsonSpelling.withOneValueChanged(SCHEMA.toJson(), random);

        assertThatExceptionOfType(InvalidArtifactException.class)
                .as(changed)
                .isThrownBy(() -> SignalSchema.fromJson(changed));
    }

    @Property(tries = 300)
    void anyValueChangedInASealedArtifactIsNoticed(@ForAll Random random) {
        String changed = JsonSpelling.withOneValueChanged(MODEL.toJson(), random);

        assertThatExceptionOfType(InvalidArtifactException.class)
                .as(changed)
                .isThrownBy(() -> ConversionModel.fromJson(changed));
    }

    @Property(tries = 300)
    void draftOfAnotherContentHasAnotherDigest(@ForAll Random random) {
        String draft = SCHEMA.toJson().replaceAll(",\\s*\"digest\": \"[^\"]*\"", "");
        String changed = JsonSpelling.withOneValueChanged(draft, random);

        assertThat(SignalSchema.fromJson(draft).digest()).isEqualTo(SCHEMA.digest());
        assertThat(digestOrRefusal(changed)).isNotEqualTo(SCHEMA.digest());
    }

    private static String digestOrRefusal(String json) {
        try {
            return SignalSchema.fromJson(json).digest();
        } catch (InvalidArtifactException e) {
            return "refused";
        }
    }

    @Provide
    Arbitrary<Double> numbers() {
        return Fixtures.finiteDoubles();
    }

    private static ConversionModel withoutLevels(double number) {
        Map<String, Shape> shapes = Fixtures.shapes();
        shapes.values().removeIf(shape -> shape instanceof Shape.Levels);
        shapes.put("weekend", new Shape.Flag(number, -number));
        List<Signal> declared = SCHEMA.declared().stream()
                .filter(signal -> shapes.containsKey(signal.name()))
                .toList();
        SignalSchema schema = SignalSchema.of("without-levels", "1", declared);
        return Fixtures.trained("model", "1", schema, number, shapes, Fixtures.provenance());
    }
}
