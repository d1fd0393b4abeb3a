package io.conversion.workbench;

import io.conversion.core.Evidence;
import io.conversion.core.ModelReference;
import io.conversion.core.Score;
import io.conversion.policy.Decision;
import io.conversion.policy.PolicyReference;
import java.io.Writer;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes decisions as JSON, one object a line. For one thread. */
final class DecisionLines implements AutoCloseable {

    private static final JsonFactory JSON = JsonFactory.builder()
            .rootValueSeparator("")
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final ModelReference model;
    private final JsonGenerator json;

    DecisionLines(ModelReference model, Writer writer) {
        this.model = model;
        this.json = JSON.createGenerator(ObjectWriteContext.empty(), writer);
    }

    void write(long row, Decision decision) {
        json.writeStartObject();
        json.writeNumberProperty("row", row);
        if (decision instanceof Decision.Banded banded) {
            banded(banded);
        } else if (decision instanceof Decision.Fallback fallback) {
            fallback(fallback);
        }
        PolicyReference policy = decision.policy();
        reference("model", model.name(), model.version(), model.digest());
        reference("policy", policy.name(), policy.version(), policy.digest());
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void banded(Decision.Banded banded) {
        Score score = banded.score();
        json.writeNumberProperty("probability", score.probability());
        json.writeNumberProperty("log_odds", score.logOdds());
        json.writeStringProperty("segment", banded.band().segment());
        json.writeStringProperty("action", banded.action());
        if (banded instanceof Decision.Overridden overridden) {
            json.writeStringProperty("guardrail", overridden.guardrail().name());
        }
        Evidence evidence = score.evidence();
        if (!evidence.isComplete()) {
            json.writeArrayPropertyStart("evidence");
            evidence.substitutions().forEach(this::substitution);
            json.writeEndArray();
        }
    }

    private void substitution(Evidence.Substitution substitution) {
        json.writeStartObject();
        json.writeStringProperty("signal", substitution.signal());
        json.writeStringProperty("rule", lower(substitution.rule()));
        json.writeStringProperty("given", substitution.given());
        json.writeEndObject();
    }

    private void fallback(Decision.Fallback fallback) {
        json.writeObjectPropertyStart("fallback");
        json.writeStringProperty("reason", lower(fallback.reason()));
        json.writeArrayPropertyStart("details");
        fallback.details().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
        json.writeStringProperty("action", fallback.action());
    }

    private void reference(String property, String name, String version, String digest) {
        json.writeObjectPropertyStart(property);
        json.writeStringProperty("name", name);
        json.writeStringProperty("version", version);
        json.writeStringProperty("digest", digest);
        json.writeEndObject();
    }

    /** Passes everything on to the writer, which stays open. */
    @Override
    public void close() {
        json.close();
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
