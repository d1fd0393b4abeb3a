package io.conversion.policy.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;

class ThresholdPropertyTest {

    private static final MathContext DIGITS = new MathContext(80);

    /** 200 tries of 50 policies each are 10,000. */
    @Property(tries = 200)
    void noRandomPolicyGainsMore(
            @ForAll("economics") Economics economics,
            @ForAll("populations") Population population,
            @ForAll Random random) {
        double best = Envelope.of(economics, "nothing", 0).gain(economics, population);

        for (int i = 0; i < 50; i++) {
            ActionBands other = randomBands(economics, random);
            assertThat(best).isGreaterThanOrEqualTo(other.gain(economics, population) - 1e-13 * scale(economics));
        }
    }

    @Property(tries = 200)
    void gainsCrossAtEachBound(@ForAll("economics") Economics economics) {
        List<ActionBand> bands = Envelope.of(economics, "nothing", 0).bands();

        for (int i = 1; i < bands.size(); i++) {
            double bound = bands.get(i).from();
            double above = economics.gain(bands.get(i).action(), bound);
            double below = economics.gain(bands.get(i - 1).action(), bound);
            assertThat(Math.abs(above - below)).as("at %s", bound).isLessThanOrEqualTo(8 * Math.ulp(scale(economics)));
        }
    }

    /** In 80 digits and by the formula as it is documented. */
    @Property(tries = 200)
    void everyDoubleByABoundHasTheActionThatGainsMost(@ForAll("economics") Economics economics) {
        ActionBands bands = Envelope.of(economics, "nothing", 0);
        List<Double> bounds = new ArrayList<>(bands.bounds());
        bounds.add(0.0);
        bounds.add(1.0);

        for (double bound : bounds) {
            for (double p : new double[] {Math.max(0, Math.nextDown(bound)), bound, Math.min(1, Math.nextUp(bound))}) {
                BigDecimal chosen = exactGain(economics, economics.find(bands.actionAt(p)), p);
                for (ActionEconomics choice : economics.choices()) {
                    assertThat(exactGain(economics, choice, p).subtract(chosen))
                            .as("%s at %s", choice.action(), p)
                            .isLessThan(new BigDecimal("1e-60"));
                }
            }
        }
    }

    @Property(tries = 200)
    void unitOfMoneyChangesNoBound(@ForAll("economics") Economics economics, @ForAll("units") double unit) {
        ActionBands bands = Envelope.of(economics, "nothing", 0);

        ActionBands powerOfTwo = Envelope.of(scaled(economics, Math.scalb(1.0, Math.getExponent(unit))), "nothing", 0);
        ActionBands other = Envelope.of(scaled(economics, unit), "nothing", 0);

        assertThat(powerOfTwo).isEqualTo(bands);
        // Another factor rounds each amount, so that bounds move by rounding; what that can cost is rounding, too.
        TreeSet<Double> points = new TreeSet<>(bands.bounds());
        points.addAll(other.bounds());
        for (double p : points) {
            assertThat(economics.gain(other.actionAt(p), p))
                    .as("at %s", p)
                    .isCloseTo(economics.gain(bands.actionAt(p), p), offset(16 * Math.ulp(scale(economics))));
        }
    }

    @Property(tries = 200)
    void higherCostNeverWidensTheRegionOfAnAction(
            @ForAll("economics") Economics economics, @ForAll("amounts") double more) {
        ActionEconomics first = economics.actions().get(0);
        List<ActionEconomics> dearer = new ArrayList<>(economics.actions());
        dearer.set(
                0, new ActionEconomics(first.action(), first.contactCost() + more, first.discount(), first.effect()));
        ActionBands before = Envelope.of(economics, "nothing", 0);

        ActionBands after = Envelope.of(new Economics(economics.value(), "nothing", dearer, List.of()), "nothing", 0);

        for (ActionBand band : after.bands()) {
            boolean isInside = before.bands().stream()
                    .anyMatch(wider -> wider.action().equals(first.action())
                            && wider.from() <= band.from()
                            && band.next() <= wider.next());
            assertThat(!band.action().equals(first.action()) || isInside)
                    .as("%s of %s within %s", band, after, before)
                    .isTrue();
        }
    }

    @Property(tries = 200)
    void capacityHoldsAndNoOtherChoiceOfUsersGainsMoreThanTheGap(
            @ForAll("economics") Economics economics,
            @ForAll("smallPopulations") Population population,
            @ForAll("shares") int share) {
        Economics limited = economics.withCapacity("a0", share, 10);

        ThresholdSearch.Fit fit = ThresholdSearch.fit(limited, population);

        CapacityPrice price = fit.prices().get(0);
        assertThat(price.used()).isEqualTo(fit.bands().users("a0", population)).isLessThanOrEqualTo(price.allowed());
        double gain = fit.bands().gain(economics, population) + price.gap();
        assertThat(bestOfAllChoices(economics, population, price.allowed()))
                .isLessThanOrEqualTo(gain + 1e-12 * scale(economics));
    }

    /** Tries every set of single users who could get the first action; the others get their next best one. */
    private static double bestOfAllChoices(Economics economics, Population population, long allowed) {
        int[] owners = population.owners();
        double best = Double.NEGATIVE_INFINITY;
        for (int set = 0; set < 1 << owners.length; set++) {
            double sum = 0;
            for (int user = 0; user < owners.length; user++) {
                double p = population.probabilities()[owners[user]];
                boolean isIn = (set >> user & 1) == 1;
                sum += isIn
                        ? economics.gain("a0", p)
                        : economics.choices().stream()
                                .filter(choice -> !choice.action().equals("a0"))
                                .mapToDouble(choice -> choice.gain(economics.value(), p))
                                .max()
                                .orElseThrow();
            }
            best = Integer.bitCount(set) <= allowed ? Math.max(best, sum / owners.length) : best;
        }
        return best;
    }

    @Property(tries = 200)
    void halvesShareNoUser(@ForAll("populations") Population population, @ForAll long seed) {
        List<Population> halves = population.halves(seed);

        assertThat(halves.get(0).size() - halves.get(1).size()).isBetween(0, 1);
        assertThat(all(halves)).containsExactlyElementsOf(all(List.of(population)));
        assertThat(all(population.halves(seed))).isEqualTo(all(halves));
    }

    private static List<Double> all(List<Population> populations) {
        List<Double> all = new ArrayList<>();
        for (Population population : populations) {
            for (int owner : population.owners()) {
                all.add(population.probabilities()[owner]);
            }
        }
        return all.stream().sorted().toList();
    }

    private static BigDecimal exactGain(Economics economics, ActionEconomics action, double probability) {
        BigDecimal p = new BigDecimal(probability);
        BigDecimal q;
        if (action.effect() instanceof Effect.LogOdds shift) {
            BigDecimal k = new BigDecimal(StrictMath.expm1(shift.by()));
            q = p.multiply(BigDecimal.ONE.add(k)).divide(BigDecimal.ONE.add(k.multiply(p)), DIGITS);
        } else {
            q = p.multiply(BigDecimal.ONE.add(new BigDecimal(action.effect().by())))
                    .min(BigDecimal.ONE);
        }
        return new BigDecimal(economics.value())
                .multiply(q.subtract(p))
                .subtract(new BigDecimal(action.contactCost()))
                .subtract(q.multiply(new BigDecimal(action.discount())));
    }

    private static ActionBands randomBands(Economics economics, Random random) {
        List<ActionEconomics> choices = economics.choices();
        TreeSet<Double> from = new TreeSet<>(List.of(0.0));
        for (int i = random.nextInt(6); i > 0; i--) {
            from.add(random.nextBoolean() ? random.nextDouble() : random.nextDouble() * random.nextDouble() / 10);
        }
        return ActionBands.of(
                List.copyOf(from),
                from.stream()
                        .map(bound ->
                                choices.get(random.nextInt(choices.size())).action())
                        .toList());
    }

    private static Economics scaled(Economics economics, double unit) {
        return new Economics(
                economics.value() * unit,
                "nothing",
                economics.actions().stream()
                        .map(action -> new ActionEconomics(
                                action.action(),
                                action.contactCost() * unit,
                                action.discount() * unit,
                                action.effect()))
                        .toList(),
                List.of());
    }

    /** The largest amount that a gain is made of. */
    private static double scale(Economics economics) {
        return economics.value()
                + economics.actions().stream()
                        .mapToDouble(action -> action.contactCost() + action.discount())
                        .max()
                        .orElse(0);
    }

    @Provide
    Arbitrary<Economics> economics() {
        return Combinators.combine(
                        doubles(1, 100), actions().list().ofMinSize(1).ofMaxSize(4))
                .as((value, actions) -> {
                    List<ActionEconomics> named = new ArrayList<>();
                    for (ActionEconomics action : actions) {
                        named.add(new ActionEconomics(
                                "a" + named.size(), action.contactCost(), action.discount(), action.effect()));
                    }
                    return new Economics(value, "nothing", named, List.of());
                });
    }

    private static Arbitrary<ActionEconomics> actions() {
        Arbitrary<Double> free = Arbitraries.of(0.0, 1.0, 5.0);
        Arbitrary<Effect> effects = Arbitraries.oneOf(
                Arbitraries.oneOf(doubles(-0.5, 1.5), Arbitraries.of(0.0, 0.25, 0.5))
                        .map(by -> new Effect.Relative(by, "a test")),
                Arbitraries.oneOf(doubles(-1, 3), Arbitraries.of(0.0, 0.5))
                        .map(by -> new Effect.LogOdds(by, "a test")));
        return Combinators.combine(
                        Arbitraries.oneOf(doubles(0, 3), free), Arbitraries.oneOf(doubles(0, 30), free), effects)
                .as((cost, discount, effect) -> new ActionEconomics("a", cost, discount, effect));
    }

    @Provide
    Arbitrary<Population> populations() {
        return population(2, 60);
    }

    @Provide
    Arbitrary<Population> smallPopulations() {
        return population(1, 8);
    }

    private static Arbitrary<Population> population(int least, int most) {
        return Arbitraries.oneOf(doubles(0, 1), doubles(0, 0.1), Arbitraries.of(0.0, 0.1, 0.2, 0.5, 0.5, 1.0))
                .array(double[].class)
                .ofMinSize(least)
                .ofMaxSize(most)
                .map(probabilities -> Population.of("population", probabilities));
    }

    @Provide
    Arbitrary<Integer> shares() {
        return Arbitraries.integers().between(1, 9);
    }

    @Provide
    Arbitrary<Double> amounts() {
        return doubles(0.001, 3);
    }

    @Provide
    Arbitrary<Double> units() {
        return doubles(0.01, 100);
    }

    private static Arbitrary<Double> doubles(double least, double most) {
        return Arbitraries.longs()
                .between(0, 1L << 53)
                .withDistribution(RandomDistribution.uniform())
                .map(numerator -> least + (most - least) * (numerator * 0x1p-53));
    }
}
