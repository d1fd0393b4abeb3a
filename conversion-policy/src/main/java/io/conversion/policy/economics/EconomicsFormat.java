package io.conversion.policy.economics;

import io.conversion.core.json.ArtifactHeader;
import io.conversion.core.json.JsonObject;
import io.conversion.policy.internal.Wording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The JSON of economics, as {@code docs/economics.md} describes it. */
final class EconomicsFormat {

    static final String FORMAT = "conversion-economics";
    static final int VERSION = 1;

    /** What a number is read as until the problem that was recorded for it is thrown. */
    private static final String STAND_IN = "-";

    /** The kinds of effects. */
    private enum Kind {
        RELATIVE,
        LOG_ODDS,
        ABSOLUTE
    }

    private EconomicsFormat() {}

    static Economics read(JsonObject json) {
        ArtifactHeader.check(json, FORMAT, VERSION);
        double value = number(json, "value", Limit.VALUE);
        String noAction = json.name("no_action");
        List<ActionEconomics> actions = new ArrayList<>();
        List<Capacity> capacities = new ArrayList<>();
        Set<String> names = new HashSet<>(Set.of(noAction));
        List<JsonObject> given = json.objects("actions");
        if (given.isEmpty() && json.isValid()) {
            json.problem("actions", "empty", "expected at least one action");
        }
        for (JsonObject action : given) {
            String name = action.name("action");
            if (!name.isBlank() && !names.add(name)) {
                action.problem(
                        "action", Wording.quoted(name), "each action has a name of its own, and so has no_action");
            }
            double cost = number(action, "contact_cost", Limit.MONEY);
            double discount = number(action, "discount", Limit.MONEY);
            Effect effect = effect(action.object("effect"));
            actions.add(new ActionEconomics(orStandIn(name, json), cost, discount, effect));
            action.optionalObject("capacity")
                    .flatMap(limit -> capacity(name, limit))
                    .ifPresent(capacities::add);
        }
        json.refuseIfInvalid();
        return new Economics(value, noAction, actions, capacities);
    }

    private static Effect effect(JsonObject json) {
        Optional<Kind> kind = json.choice("kind", Kind.class);
        String source = orStandIn(json.name("source"), json);
        return switch (kind.orElse(Kind.ABSOLUTE)) {
            case RELATIVE -> new Effect.Relative(number(json, "by", Limit.RELATIVE), source);
            case LOG_ODDS -> new Effect.LogOdds(number(json, "by", Limit.LOG_ODDS), source);
            case ABSOLUTE ->
                new Effect.Absolute(kind.isEmpty() ? anyNumber(json) : number(json, "by", Limit.ABSOLUTE), source);
        };
    }

    /** A number whose range is unknown, since its kind is. */
    private static double anyNumber(JsonObject json) {
        return Limit.ABSOLUTE.nearest(json.number("by"));
    }

    private static Optional<Capacity> capacity(String action, JsonObject json) {
        long users = json.count("users");
        long outOf = json.count("out_of");
        if (users == 0 ? json.isValid() : !Limit.USERS.allows((double) users)) {
            json.problem("users", String.valueOf(users), Limit.USERS.expected());
        } else if (outOf > 0 && !(outOf >= users && Limit.USERS.allows((double) outOf))) {
            json.problem("out_of", String.valueOf(outOf), "expected a population of at least the capacity, " + users);
        }
        return json.isValid() ? Optional.of(new Capacity(action, users, outOf)) : Optional.empty();
    }

    private static double number(JsonObject json, String field, Limit limit) {
        double number = json.number(field);
        // A fault was recorded already where a 0 stands in for it.
        if (!limit.allows(number) && (number != 0 || json.isValid())) {
            json.problem(field, Amount.text(number), limit.expected());
        }
        return limit.nearest(number);
    }

    /** A name, or something that can be one if a problem was recorded for it. */
    private static String orStandIn(String name, JsonObject json) {
        return json.isValid() ? name : STAND_IN;
    }
}
