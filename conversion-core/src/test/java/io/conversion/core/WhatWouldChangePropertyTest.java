package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.Signals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class WhatWouldChangePropertyTest {

    @Property(tries = 2000)
    void answerReachesTheTargetAndTheNextSmallerChangeDoesNot(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        Scorer scorer = users.model().scorer();
        Signals signals = users.signals();
        double target = users.probability();

        for (Change change : scorer.whatWouldChange(signals, target).orElseThrow()) {
            if (change instanceof Change.Reaches reaches) {
                assertThat(changed(scorer, signals, change.signal(), reaches.to()))
                        .isEqualTo(reaches.probability())
                        .isGreaterThanOrEqualTo(target);
                smaller(change.signal(), reaches)
                        .forEach(to -> assertThat(changed(scorer, signals, change.signal(), to))
                                .as("%s at %s, less than %s", change.signal().name(), to, reaches)
                                .isLessThan(target));
            } else if (change instanceof Change.CannotReach cannot) {
                assertThat(changed(scorer, signals, change.signal(), cannot.best()))
                        .isEqualTo(cannot.probability())
                        .isLessThan(target);
                others(change.signal(), cannot)
                        .forEach(to -> assertThat(changed(scorer, signals, change.signal(), to))
                                .isLessThanOrEqualTo(cannot.probability()));
            }
        }
    }

    @Property
    void everyActionableSignalHasOneAnswer(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        Signals signals = users.signals();

        List<Change> changes = users.model()
                .scorer()
                .whatWouldChange(signals, users.probability())
                .orElseThrow();

        assertThat(changes)
                .extracting(Change::signal)
                .containsExactlyElementsOf(users.schema().declared().stream()
                        .filter(Signal::isActionable)
                        .toList());
        assertThat(changes)
                .filteredOn(Change.NotObserved.class::isInstance)
                .allSatisfy(change -> assertThat(signals.substitutions())
                        .extracting(Evidence.Substitution::signal)
                        .contains(change.signal().name()));
    }

    /** The neighbours of an answer on the side of the value that is changed. */
    private static List<Object> smaller(Signal signal, Change.Reaches reaches) {
        if (reaches.from().equals(reaches.to())) {
            return List.of();
        } else if (signal instanceof NumericSignal numeric) {
            double from = (double) reaches.from();
            double to = (double) reaches.to();
            // Past 2^53 every double is whole.
            double before =
                    numeric.whole() && Math.abs(to) <= 0x1p53 ? to - Math.signum(to - from) : Math.nextAfter(to, from);
            return List.of(from, before);
        }
        return List.of(reaches.from());
    }

    private static List<Object> others(Signal signal, Change.CannotReach cannot) {
        if (signal instanceof NumericSignal numeric) {
            double low = Math.max(numeric.min(), -1e6);
            double high = Math.min(numeric.max(), 1e6);
            return List.of(cannot.from(), low, high);
        } else if (signal instanceof FlagSignal) {
            return List.of(true, false);
        }
        return List.of(cannot.from());
    }

    /** The probability of the same user with one signal changed. */
    private static double changed(Scorer scorer, Signals signals, Signal changed, Object to) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < scorer.schema().size(); i++) {
            Signal signal = scorer.schema().at(i);
            Object value = signal.name().equals(changed.name()) ? to : signals.value(i);
            if (value == null && signals.text(i).equals("unseen")) {
                value = "a level that no schema has";
            }
            values.put(signal.name(), value);
        }
        return scorer.score(scorer.schema().read(values).orElseThrow()).probability();
    }
}
