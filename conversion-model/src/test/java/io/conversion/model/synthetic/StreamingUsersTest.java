package io.conversion.model.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.model.data.DataSet;
import io.conversion.model.synthetic.StreamingUsers.User;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference numbers are those that {@code src/test/reference/streaming_users.py} prints. */
class StreamingUsersTest {

    private static final int MANY = 100_000;
    private static final List<User> USERS = StreamingUsers.stream(7).limit(MANY).toList();

    @Test
    void sameSeedGivesTheSameUsersOnEveryPlatform() throws NoSuchAlgorithmException {
        List<User> users = StreamingUsers.stream(42).limit(1000).toList();

        assertThat(users)
                .startsWith(
                        new User(34, 1, 6.12, 0, 1, "tier_2", false),
                        new User(37, 2, 2.91, 2, 2, "tier_2", true),
                        new User(43, 2, 3.47, 1, 1, "tier_2", false));
        assertThat(sha256(users)).isEqualTo("8260d2f5731fd624180223d075e532db421b27dfb6d45512d029e77e3e0c0d3b");
    }

    @Test
    void otherSeedGivesOtherUsers() {
        assertThat(StreamingUsers.stream(43).limit(10).toList())
                .isNotEqualTo(StreamingUsers.stream(42).limit(10).toList());
    }

    @Test
    void dataSetHoldsTheUsersOfTheStream() {
        DataSet data = StreamingUsers.generate(200, 42);
        List<User> users = StreamingUsers.stream(42).limit(200).toList();

        assertThat(data.rows()).isEqualTo(200);
        assertThat(data.schema()).isEqualTo(StreamingUsers.schema());
        assertThat(data.label().name()).isEqualTo("converted");
        for (int i = 0; i < users.size(); i++) {
            assertThat(data.signals(i))
                    .isEqualTo(data.schema().read(users.get(i).signals()).orElseThrow());
            assertThat(data.converted(i)).isEqualTo(users.get(i).converted());
        }
        assertThat(data.digest()).isEqualTo(StreamingUsers.generate(200, 42).digest());
    }

    /** The error is four standard errors of the mean, sd / sqrt(100000); the rate of conversion is 0.86032. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    value,         mean,    error
                    days,          30,      0.216
                    sessions,      3,       0.022
                    hours,         3,       0.027
                    downloads,     1,       0.0127
                    paywall views, 1.2,     0.0139
                    tier_1,        0.35,    0.0061
                    tier_2,        0.40,    0.0062
                    tier_3,        0.25,    0.0055
                    converted,     0.86032, 0.0044
                    """)
    void meansAreThoseOfTheDistributions(String value, double mean, double error) {
        ToDoubleFunction<User> number = switch (value) {
            case "days" -> User::daysSinceSignup;
            case "sessions" -> User::sessions7d;
            case "hours" -> User::contentHours7d;
            case "downloads" -> User::downloads7d;
            case "paywall views" -> User::paywallViews7d;
            case "converted" -> user -> user.converted() ? 1 : 0;
            default -> user -> user.countryTier().equals(value) ? 1 : 0;
        };

        assertThat(mean(number)).isCloseTo(mean, within(error));
    }

    /** Variances: (59^2 - 1) / 12, the mean of a Poisson variable, and shape times scale squared of a gamma variable. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    value,         variance, error
                    days,          290,      4
                    sessions,      3,        0.1
                    hours,         4.5,      0.15
                    downloads,     1,        0.04
                    """)
    void spreadIsThatOfTheDistributions(String value, double variance, double error) {
        ToDoubleFunction<User> number = switch (value) {
            case "days" -> User::daysSinceSignup;
            case "sessions" -> User::sessions7d;
            case "hours" -> User::contentHours7d;
            default -> User::downloads7d;
        };
        double mean = mean(number);

        assertThat(mean(user -> (number.applyAsDouble(user) - mean) * (number.applyAsDouble(user) - mean)))
                .isCloseTo(variance, within(error));
    }

    @Test
    void valuesAreOfTheStatedRangesAndPrecision() {
        assertThat(USERS).allSatisfy(user -> {
            assertThat(user.daysSinceSignup()).isBetween(1, 59);
            assertThat(user.contentHours7d()).isEqualTo(Math.rint(user.contentHours7d() * 100) / 100);
        });
        assertThat(USERS).extracting(User::daysSinceSignup).contains(1, 59);
    }

    private static double mean(ToDoubleFunction<User> number) {
        return USERS.stream().mapToDouble(number).sum() / MANY;
    }

    /** Over lines of text with hours in hundredths, so that it rests on no format of ours. */
    private static String sha256(List<User> users) throws NoSuchAlgorithmException {
        String text = users.stream()
                .map(user -> user.daysSinceSignup() + "," + user.sessions7d() + ","
                        + Math.round(user.contentHours7d() * 100) + "," + user.downloads7d() + ","
                        + user.paywallViews7d() + "," + user.countryTier() + "," + user.converted() + "\n")
                .collect(Collectors.joining());
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
