package io.conversion.policy.economics;

import static io.conversion.policy.ShippedSchema.replace;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.json.JsonText;
import io.conversion.policy.ShippedSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped JSON Schema, the library and {@code docs/economics.md} say the same about economics. */
class EconomicsJsonSchemaTest {

    private static final ShippedSchema ECONOMICS = ShippedSchema.of("conversion-economics-1", Economics::fromJson);

    @Test
    void theSchemaIsAValidJsonSchema() {
        ECONOMICS.assertIsJsonSchema();
    }

    @Test
    void theExampleOfTheDocumentationIsValidAndLoads() {
        List<String> examples = ShippedSchema.examples("economics.md", "json");

        assertThat(examples).hasSize(1);
        ECONOMICS.assertValid(examples.get(0));
        assertThat(Economics.fromJson(examples.get(0)).actions()).hasSize(2);
    }

    /** Whether names differ, and a capacity is within its population, no schema can see. */
    @Test
    void whatTheLibraryRefusesForItsShapeIsInvalid() {
        ECONOMICS.assertAgrees(
                file(),
                pointer -> true,
                problem -> problem.expected().startsWith("each action has a name of its own")
                        || problem.expected().startsWith("expected a population of at least"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', useHeadersInDisplayName = true, textBlock = """
            FAULT                    | REPLACED             | BY                       | POINTER
            newer version            | "format_version": 1  | "format_version": 2      | /format_version
            conversion worth nothing | "value": 40          | "value": 0               | /value
            value beyond measure     | "value": 40          | "value": 1000000000001   | /value
            blank name               | "no_action": "nothing" | "no_action": "\\u3000" | /no_action
            control character        | "no_action": "nothing" | "no_action": "a\\u0007" | /no_action
            cost below 0             | "contact_cost": 0.05 | "contact_cost": -0.05    | /actions/0/contact_cost
            discount in percent      | "discount": 8        | "discount": "20 %"       | /actions/0/discount
            relative loss above all  | "by": 0.5            | "by": -1.5               | /actions/0/effect/by
            relative effect too high | "by": 0.5            | "by": 1001               | /actions/0/effect/by
            odds too high            | "by": 0.1            | "by": 10.5               | /actions/1/effect/by
            absolute effect above 1  | "by": 0.02           | "by": 2                  | /actions/2/effect/by
            kind of no effect        | "kind": "absolute"   | "kind": "odds"           | /actions/2/effect/kind
            no source                | "source": "a guess"  | "source": " "            | /actions/0/effect/source
            capacity for nobody      | "users": 500         | "users": 0               | /actions/0/capacity/users
            fraction of a user       | "users": 500         | "users": 0.5             | /actions/0/capacity/users
            too many users           | "out_of": 10000      | "out_of": 1000000000001  | /actions/0/capacity/out_of
            """)
    void brokenEconomicsAreRefusedBySchemaAndLibrary(String fault, String replaced, String by, String pointer) {
        ECONOMICS.assertInvalidAndRefused(replace(JsonText.pretty(file()), replaced, by), pointer);
    }

    private static Map<String, Object> file() {
        return JsonText.object(
                "format",
                "conversion-economics",
                "format_version",
                1,
                "value",
                40,
                "no_action",
                "nothing",
                "actions",
                List.of(
                        JsonText.object(
                                "action",
                                "offer",
                                "contact_cost",
                                0.05,
                                "discount",
                                8,
                                "effect",
                                JsonText.object("kind", "relative", "by", 0.5, "source", "a guess"),
                                "capacity",
                                JsonText.object("users", 500, "out_of", 10_000)),
                        action("nudge", JsonText.object("kind", "log_odds", "by", 0.1, "source", "test of May")),
                        action("gift", JsonText.object("kind", "absolute", "by", 0.02, "source", "test of June"))));
    }

    private static Map<String, Object> action(String name, Map<String, Object> effect) {
        return JsonText.object("action", name, "contact_cost", 1, "discount", 0, "effect", effect);
    }
}
