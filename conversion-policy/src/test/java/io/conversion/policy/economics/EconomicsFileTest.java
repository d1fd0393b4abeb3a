package io.conversion.policy.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.artifact.InvalidArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EconomicsFileTest {

    private static final String FILE = """
            {"format": "conversion-economics", "format_version": 1, "value": 40, "no_action": "nothing",
             "actions": [
               {"action": "offer", "contact_cost": 0.05, "discount": 8,
                "effect": {"kind": "relative", "by": 0.3, "source": "a guess"},
                "capacity": {"users": 500, "out_of": 10000}},
               {"action": "nudge", "contact_cost": 0.01, "discount": 0,
                "effect": {"kind": "log_odds", "by": 0.1, "source": "test of May"}},
               {"action": "gift", "contact_cost": 1, "discount": 0,
                "effect": {"kind": "absolute", "by": 0.02, "source": "test of June"}}]}""";

    private static final Economics ECONOMICS = new Economics(
            40,
            "nothing",
            List.of(
                    new ActionEconomics("offer", 0.05, 8, new Effect.Relative(0.3, "a guess")),
                    new ActionEconomics("nudge", 0.01, 0, new Effect.LogOdds(0.1, "test of May")),
                    new ActionEconomics("gift", 1, 0, new Effect.Absolute(0.02, "test of June"))),
            List.of(new Capacity("offer", 500, 10_000)));

    @TempDir
    private Path folder;

    @Test
    void fileIsReadAsItStands() throws IOException {
        Path file = Files.writeString(folder.resolve("economics.json"), FILE);

        assertThat(Economics.load(file)).isEqualTo(ECONOMICS);
    }

    /** The file is as format 1 was first read. */
    @Test
    void goldenFileOfFormatOneIsRead() throws Exception {
        Path file = Path.of(
                EconomicsFileTest.class.getResource("economics-format-1.json").toURI());

        assertThat(Economics.load(file)).isEqualTo(ECONOMICS);
    }

    @Test
    void everyProblemIsNamedWithItsPointer() {
        String faulty = FILE.replace("\"value\": 40", "\"value\": -40")
                .replace("\"contact_cost\": 0.05", "\"contact_cost\": \"0.05\"")
                .replace("\"discount\": 8", "\"discount\": -8")
                .replace("\"by\": 0.3, \"source\": \"a guess\"", "\"by\": -1.5")
                .replace("\"out_of\": 10000", "\"out_of\": 100")
                .replace("\"nudge\"", "\"offer\"")
                .replace("log_odds", "logodds")
                .replace("\"by\": 0.02", "\"by\": 2, \"unit\": \"points\"");

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> Economics.fromJson(faulty))
                .withMessage("""
                        economics: 10 problems
                          /value is -40; expected a number from 0.000001 to 1000000000000
                          /actions/0/contact_cost is the text "0.05"; expected a finite number
                          /actions/0/discount is -8; expected a number from 0 to 1000000000000
                          /actions/0/effect/source is missing; expected a text
                          /actions/0/effect/by is -1.5; expected a number from -1 to 1000
                          /actions/0/capacity/out_of is 100; expected a population of at least the capacity, 500
                          /actions/1/action is "offer"; each action has a name of its own, and so has no_action
                          /actions/1/effect/kind is "logodds"; expected one of relative, log_odds, absolute
                          /actions/2/effect/by is 2; expected a number from -1 to 1
                          /actions/2/effect/unit is not a known field; known here are kind, source, by""");
    }

    @Test
    void whatIsMissingIsNamedOnce() {
        String faulty = FILE.replace("\"value\": 40,", "").replace("\"users\": 500, ", "");

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> Economics.fromJson(faulty))
                .withMessage("""
                        economics: 2 problems
                          /value is missing; expected a finite number
                          /actions/0/capacity/users is missing; expected a finite number""");
    }

    @Test
    void economicsWithoutAnActionAreRefused() {
        String faulty = FILE.substring(0, FILE.indexOf('[') + 1) + "]}";

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> Economics.fromJson(faulty))
                .withMessage("economics: /actions is empty; expected at least one action");
    }

    @Test
    void partsThatDoNotFitAreAllNamed() {
        ActionEconomics offer = new ActionEconomics("offer", 1, 1, new Effect.Relative(0.1, "a guess"));

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Economics(40, "nothing", List.of(offer, offer), List.of(new Capacity("call", 1, 10))))
                .withMessage("""
                        economics: the action "offer" is given twice; give each a name of its own
                          there is a capacity of "call", and it is none of the actions; limit one of [offer, offer]""");
    }

    @Test
    void amountsAndEffectsHaveTheirRanges() {
        Effect effect = new Effect.Relative(0.1, "a guess");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ActionEconomics("offer", Double.NaN, 0, effect))
                .withMessage("the contact cost of \"offer\" is NaN; expected a number from 0 to 1000000000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Effect.LogOdds(11, "a guess"))
                .withMessage("the effect on the log-odds is 11.0; expected a number from -10 to 10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Capacity("offer", 11, 10))
                .withMessage("the capacity of \"offer\" is 11 out of 10 users; expected at most 10");
    }
}
