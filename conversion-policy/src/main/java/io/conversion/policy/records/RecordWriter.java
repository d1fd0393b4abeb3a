package io.conversion.policy.records;

import io.conversion.core.ModelReference;
import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.Violation;
import io.conversion.policy.Assignment;
import io.conversion.policy.ExperimentReference;
import io.conversion.policy.PolicyReference;
import io.conversion.policy.records.DecisionRecord.Compared;
import io.conversion.policy.records.DecisionRecord.Contribution;
import io.conversion.policy.records.DecisionRecord.Inputs;
import io.conversion.policy.records.DecisionRecord.Numbers;
import io.conversion.policy.records.DecisionRecord.Outcome;
import java.util.List;
import java.util.Map;

/**
 * Writes the line of a record straight into bytes: what {@link RecordFormat#content} says, which tests compare, without
 * the maps and texts in between. For one thread.
 */
record RecordWriter(LineBuffer out) {

    /** Writes a record with its seal and without a line feed. */
    void write(DecisionRecord record) {
        int start = out.size();
        out.raw("{\"format\":\"" + RecordFormat.FORMAT + "\",\"format_version\":" + RecordFormat.VERSION);
        text("library", record.library());
        text("request", record.request());
        if (record.moment() != null) {
            text("moment", record.moment().toString());
        }
        ModelReference model = record.model();
        reference("model", model.name(), model.version(), model.digest());
        PolicyReference policy = record.policy();
        if (!policy.equals(PolicyReference.NONE)) {
            reference("policy", policy.name(), policy.version(), policy.digest());
        }
        SchemaReference schema = record.schema();
        reference("schema", schema.name(), schema.version(), schema.digest());
        inputs(record.inputs());
        Numbers score = record.score();
        if (score != null) {
            score(score);
            evidence(score.evidence());
        }
        if (record.previousSegment() != null) {
            text("previous_segment", record.previousSegment());
        }
        Double draw = record.draw();
        if (draw != null) {
            hex("draw", draw);
        }
        Double explorationDraw = record.explorationDraw();
        if (explorationDraw != null) {
            hex("exploration_draw", explorationDraw);
        }
        if (record.assignment() != null) {
            experiment(record.assignment());
        }
        if (!record.propensities().isEmpty()) {
            propensities(record.propensities());
        }
        outcome(record.outcome());
        reasons(record.reasons());
        int end = out.size();
        out.raw(RecordFormat.SEAL).digest(start, end).raw("\"}");
    }

    private void name(String field) {
        out.raw(",\"").raw(field).raw("\":");
    }

    private void text(String field, String text) {
        name(field);
        out.text(text);
    }

    private void hex(String field, double number) {
        name(field);
        out.hex(number);
    }

    private void reference(String field, String name, String version, String digest) {
        name(field);
        out.raw("{\"name\":")
                .text(name)
                .raw(",\"version\":")
                .text(version)
                .raw(",\"digest\":")
                .text(digest);
        out.put('}');
    }

    private void inputs(Inputs inputs) {
        if (!inputs.signals().isEmpty()) {
            name("signals");
            char separator = '{';
            for (Map.Entry<String, Object> signal : inputs.signals().entrySet()) {
                out.put(separator).text(signal.getKey()).put(':');
                value(signal.getValue());
                separator = ',';
            }
            out.put('}');
        }
        if (!inputs.redacted().isEmpty()) {
            name("redacted");
            char separator = '{';
            for (Map.Entry<String, String> signal : inputs.redacted().entrySet()) {
                out.put(separator).text(signal.getKey()).put(':').text(signal.getValue());
                separator = ',';
            }
            out.put('}');
        }
        if (!inputs.violations().isEmpty()) {
            name("violations");
            char separator = '[';
            for (Violation violation : inputs.violations()) {
                out.put(separator).raw("{\"signal\":").text(violation.signal());
                out.raw(",\"kind\":").text(RecordFormat.lower(violation.kind()));
                out.raw(",\"message\":").text(violation.message()).put('}');
                separator = ',';
            }
            out.put(']');
        }
    }

    private void value(Object value) {
        if (value instanceof String level) {
            out.text(level);
        } else if (value instanceof Double number) {
            if (Math.abs(number) < 1e15 && number.equals((double) number.longValue())) {
                out.whole(number.longValue());
            } else if (Double.isFinite(number)) {
                out.raw(Double.toString(number));
            } else {
                throw new IllegalArgumentException("JSON has no number " + number);
            }
        } else if (value instanceof Boolean) {
            out.raw(value.toString());
        } else {
            throw new IllegalArgumentException("a signal has no value of " + value.getClass());
        }
    }

    private void score(Numbers score) {
        out.raw(",\"score\":{\"raw_log_odds\":").hex(score.rawLogOdds());
        hex("log_odds", score.logOdds());
        hex("probability", score.probability());
        out.raw(score.isForeign() ? ",\"foreign\":true}" : "}");
    }

    private void evidence(Evidence evidence) {
        out.raw(",\"evidence\":{\"observed_share\":").hex(evidence.observedShare());
        if (!evidence.substitutions().isEmpty()) {
            name("rules");
            char separator = '[';
            for (Substitution rule : evidence.substitutions()) {
                out.put(separator).raw("{\"signal\":").text(rule.signal());
                out.raw(",\"rule\":").text(RecordFormat.lower(rule.rule()));
                if (!rule.given().isEmpty()) {
                    text("given", rule.given());
                }
                out.put('}');
                separator = ',';
            }
            out.put(']');
        }
        texts("shortfalls", evidence.shortfalls());
        out.put('}');
    }

    private void texts(String field, List<String> texts) {
        if (!texts.isEmpty()) {
            name(field);
            char separator = '[';
            for (String text : texts) {
                out.put(separator).text(text);
                separator = ',';
            }
            out.put(']');
        }
    }

    private void experiment(Assignment assignment) {
        ExperimentReference experiment = assignment.experiment();
        name("experiment");
        out.raw("{\"name\":").text(experiment.name());
        text("version", experiment.version());
        text("digest", experiment.digest());
        text("standing", RecordFormat.lower(assignment.standing()));
        if (assignment.arm() != null) {
            text("arm", assignment.arm());
        }
        if (!assignment.unit().isEmpty()) {
            text("unit", assignment.unit());
            hex("layer_draw", assignment.layerDraw());
        }
        propensities(assignment.propensities());
        out.put('}');
    }

    private void propensities(Map<String, Double> propensities) {
        name("propensities");
        char separator = '{';
        for (Map.Entry<String, Double> action : propensities.entrySet()) {
            out.put(separator).text(action.getKey()).put(':').hex(action.getValue());
            separator = ',';
        }
        out.put('}');
    }

    private void outcome(Outcome outcome) {
        out.raw(",\"outcome\":{\"kind\":").text(RecordFormat.kind(outcome.reason()));
        text("reason", RecordFormat.lower(outcome.reason()));
        if (outcome.segment() != null) {
            text("segment", outcome.segment());
        }
        if (!outcome.comparisons().isEmpty()) {
            name("probability_is");
            char separator = '[';
            for (Compared compared : outcome.comparisons()) {
                out.put(separator).put('"').raw(compared.comparison().symbol()).put(' ');
                out.bareHex(compared.bound()).put('"');
                separator = ',';
            }
            out.put(']');
        }
        if (outcome.guardrail() != null) {
            text("guardrail", outcome.guardrail());
        }
        text("action", outcome.action());
        hex("propensity", outcome.propensity());
        texts("details", outcome.details());
        out.put('}');
    }

    private void reasons(List<Contribution> reasons) {
        if (!reasons.isEmpty()) {
            name("reasons");
            char separator = '[';
            for (Contribution reason : reasons) {
                out.put(separator).raw("{\"signal\":").text(reason.signal());
                hex("log_odds", reason.logOdds());
                out.put('}');
                separator = ',';
            }
            out.put(']');
        }
    }
}
