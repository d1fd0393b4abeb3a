package io.conversion.model.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AnnualOfferTest {

    private static final List<StreamingProduct.User> USERS =
            StreamingProduct.stream(3).limit(4000).toList();

    private static List<AnnualOffer> offers(long seed) {
        return USERS.stream()
                .map(user -> AnnualOffer.to(user, seed))
                .flatMap(Optional::stream)
                .toList();
    }

    @Test
    void aSeedGivesTheSameAnswersForEver() {
        String answers = offers(1).stream()
                .limit(200)
                .map(offer -> offer.user() + " " + offer.moment() + " " + offer.decided() + " "
                        + Double.toHexString(offer.score().probability()) + " " + offer.takes(0) + " "
                        + offer.takes(0.1))
                .collect(Collectors.joining("\n"));

        assertThat(JsonText.sha256(answers.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("sha256:1a8b66a18287bded53162450d5264ec4fac2bc9202ae77d92a865c9ca83b4fed");
    }

    @Test
    void whoBoughtInTheFirstWeekIsNotAsked() {
        for (StreamingProduct.User user : USERS) {
            boolean bought = !user.purchases().isEmpty()
                    && user.purchases().get(0).isBefore(user.signup().plusDays(7));

            assertThat(AnnualOffer.to(user, 1).isPresent()).isEqualTo(!bought);
        }
    }

    @Test
    void usersAreAskedOnTheEighthDayAndAnswerInTime() {
        for (StreamingProduct.User user : USERS) {
            AnnualOffer.to(user, 2).ifPresent(offer -> {
                assertThat(offer.moment().atOffset(ZoneOffset.UTC).toLocalDate())
                        .isEqualTo(user.signup().plusDays(7));
                assertThat(offer.decided())
                        .isAfter(offer.moment())
                        .isBefore(offer.moment().plus(Duration.ofDays(AnnualOffer.WINDOW_DAYS)));
            });
        }
    }

    @Test
    void probabilityIsThatOfTheStatedLogOdds() {
        for (StreamingProduct.User user : USERS) {
            AnnualOffer.to(user, 1)
                    .ifPresent(offer -> assertThat(offer.score().logOdds()).isEqualTo(logOdds(user), within(1e-12)));
        }
    }

    private static double logOdds(StreamingProduct.User user) {
        double hours = 0;
        int[] counts = new int[3];
        boolean[] active = new boolean[7];
        for (StreamingProduct.Event event : user.events()) {
            long day = event.day().toEpochDay() - user.signup().toEpochDay();
            if (day < 7) {
                active[(int) day] = true;
                switch (event.kind()) {
                    case "session" -> hours += event.amount();
                    case "download" -> counts[0]++;
                    case "paywall_view" -> counts[1]++;
                    default -> counts[2]++;
                }
            }
        }
        double sum = -5.1
                + 0.6 * Math.log(1 + hours)
                + 0.4 * Math.log(1 + counts[0])
                + 0.5 * Math.log(1 + counts[1])
                - 0.3 * Math.log(1 + counts[2]);
        for (boolean day : active) {
            sum += day ? 0.15 : 0;
        }
        return sum
                + switch (user.countryTier()) {
                    case "tier_1" -> 0.5;
                    case "tier_2" -> 0.1;
                    default -> -0.5;
                };
    }

    @Test
    void effectKeepsTheChanceFromZeroToOne() {
        AnnualOffer offer = offers(1).get(0);
        double p = offer.score().probability();

        assertThat(offer.effect(x -> 0.02)).isEqualTo(0.02);
        assertThat(offer.effect(x -> x)).isEqualTo(p);
        assertThat(offer.effect(x -> 1)).isEqualTo(1 - p);
        assertThat(offer.effect(x -> -1)).isEqualTo(-p);
        assertThat(offer.takes(1 - p)).isTrue();
        assertThat(offer.takes(-p)).isFalse();
    }
}
