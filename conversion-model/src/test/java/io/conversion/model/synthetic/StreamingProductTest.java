package io.conversion.model.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.json.JsonText;
import io.conversion.model.lifecycle.EventLog;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StreamingProductTest {

    @Test
    void aSeedGivesTheSameUsersForEver() {
        String users = StreamingProduct.stream(1)
                .limit(200)
                .map(StreamingProductTest::bits)
                .collect(Collectors.joining("\n"));

        assertThat(JsonText.sha256(users.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("sha256:9b06d4f37acf44e7b294b53914e54cf28eeb84246f60ef0f7bab8110e5c81862");
        assertThat(StreamingProduct.user(1, 77))
                .isEqualTo(StreamingProduct.stream(1).skip(77).findFirst().orElseThrow());
    }

    @Test
    void anotherSeedGivesOtherUsers() {
        assertThat(StreamingProduct.user(2, 0)).isNotEqualTo(StreamingProduct.user(1, 0));
    }

    @Test
    void aboutOneInTenBuysWithinThirtyDaysAndAThirdOfTheseAtOnce() {
        List<Long> days = StreamingProduct.stream(9)
                .limit(20_000)
                .filter(user -> !user.purchases().isEmpty())
                .map(user ->
                        ChronoUnit.DAYS.between(user.signup(), user.purchases().get(0)))
                .toList();

        assertThat(days.stream().filter(day -> day <= 30).count()).isBetween(1800L, 2200L);
        assertThat(days.stream().filter(day -> day == 0).count()).isBetween(550L, 750L);
    }

    @Test
    void eventsLieWithinTheObservationAndPurchasesAreThirtyDaysApart() {
        assertThat(StreamingProduct.stream(4).limit(500)).allSatisfy(user -> {
            assertThat(user.events()).allSatisfy(event -> {
                assertThat(event.day()).isBetween(user.signup(), StreamingProduct.OBSERVED_UNTIL);
                assertThat(event.amount()).isPositive();
            });
            assertThat(user.events().get(0).day()).isEqualTo(user.signup());
            for (int i = 1; i < user.purchases().size(); i++) {
                assertThat(user.purchases().get(i))
                        .isEqualTo(user.purchases().get(i - 1).plusDays(30));
            }
        });
    }

    @Test
    void theOfferIsAFairCoinThatHelpsTheUndecidedMost() {
        List<StreamingProduct.User> drawn = StreamingProduct.stream(6)
                .limit(40_000)
                .filter(user -> user.offer().isPresent())
                .toList();

        assertThat(rate(drawn, 0.1, true) - rate(drawn, 0.1, false)).isBetween(-0.004, 0.004);
        assertThat(logOdds(rate(drawn, 1.2, true)) - logOdds(rate(drawn, 1.2, false)))
                .isBetween(0.9, 1.5);
        assertThat(logOdds(rate(drawn, 0.3, true)) - logOdds(rate(drawn, 0.3, false)))
                .isBetween(0.1, 0.45);
        long offered = drawn.stream()
                .filter(user -> user.offer().orElseThrow().offered())
                .count();
        // Five standard errors of a fair coin.
        assertThat((double) offered / drawn.size()).isBetween(0.487, 0.513);
    }

    @Test
    void theLogHoldsTheUsers() {
        EventLog log = StreamingProduct.log(50, 1);

        assertThat(log.users()).hasSize(50).startsWith("u0000001", "u0000002");
        assertThat(log.kinds()).containsExactly("download", "error", "paywall_view", "session");
        assertThat(log.counts().events())
                .isEqualTo(StreamingProduct.stream(1)
                        .limit(50)
                        .mapToInt(user -> user.events().size())
                        .sum());
    }

    /** All of a user, with numbers by their bits: their digits differ between Java versions. */
    private static String bits(StreamingProduct.User user) {
        String events = user.events().stream()
                .map(event -> event.day() + event.kind() + Double.doubleToLongBits(event.amount()))
                .collect(Collectors.joining(","));
        String offer = user.offer()
                .map(drawn -> drawn.day() + "/" + drawn.offered() + Double.doubleToLongBits(drawn.engagement()))
                .orElse("none");
        return user.id() + user.signup() + user.countryTier() + user.channel() + user.purchases() + events + offer;
    }

    /** The share of those with an effect who buy on the days on which the offer works. */
    private static double rate(List<StreamingProduct.User> drawn, double effect, boolean offered) {
        List<StreamingProduct.User> users = drawn.stream()
                .filter(user -> user.offer().orElseThrow().effect() == effect)
                .filter(user -> user.offer().orElseThrow().offered() == offered)
                .toList();
        long buyers = users.stream()
                .filter(user -> !user.purchases().isEmpty())
                .filter(user -> !user.purchases().get(0).isAfter(user.signup().plusDays(14)))
                .count();
        return (double) buyers / users.size();
    }

    private static double logOdds(double rate) {
        return Math.log(rate / (1 - rate));
    }
}
