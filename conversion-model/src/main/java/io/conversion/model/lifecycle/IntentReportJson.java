package io.conversion.model.lifecycle;

import io.conversion.core.json.JsonText;
import io.conversion.model.evaluation.Interval;
import io.conversion.model.evaluation.RocAuc;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of a report as JSON. */
final class IntentReportJson {

    private IntentReportJson() {}

    static Map<String, Object> of(IntentReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("log", log(report));
        json.put("settings", settings(report.settings()));
        json.put("eligible_users", report.eligible());
        json.put("buyers", report.buyers());
        List<Object> bought = new ArrayList<>();
        for (int day = 0; day < report.boughtByDay().size(); day++) {
            Map<String, Object> entry =
                    JsonText.object("day", day, "bought", report.boughtByDay().get(day));
            if (report.buyers() > 0) {
                entry.put("share_of_buyers", report.shareOfBuyersBy(day));
            }
            bought.add(entry);
        }
        json.put("bought_by_day", bought);
        json.put(
                "horizons",
                report.horizons().stream().map(IntentReportJson::horizon).toList());
        json.put("time_to_purchase", survival(report.timeToPurchase()));
        json.put("verdict", verdict(report.verdict()));
        return json;
    }

    private static Map<String, Object> log(IntentReport report) {
        LogCounts counts = report.counts();
        LogCounts.LeftOut out = counts.leftOut();
        EventLog.Observation observation = report.observation();
        Map<String, Object> json = JsonText.object(
                "users",
                counts.users(),
                "events",
                counts.events(),
                "repeated_events",
                counts.repeatedEvents(),
                "purchases",
                counts.purchases(),
                "buyers",
                counts.buyers(),
                "renewals",
                counts.renewals(),
                "events_after_end",
                counts.eventsAfterEnd(),
                "purchases_after_end",
                counts.purchasesAfterEnd(),
                "left_out",
                JsonText.object(
                        "bad_cells",
                        out.badCells(),
                        "unknown_users",
                        out.unknownUsers(),
                        "before_signup",
                        out.beforeSignup(),
                        "repeated_signups",
                        out.repeatedSignups(),
                        "outlying_days",
                        out.outlyingDays()),
                "events_until",
                observation.eventsUntil().toString(),
                "purchases_until",
                observation.purchasesUntil().toString(),
                "observed_until",
                observation.end().toString(),
                "end_declared",
                observation.declared());
        LocalDate last = observation.lastEvent();
        if (last != null) {
            json.put("last_event", last.toString());
        }
        return json;
    }

    private static Map<String, Object> settings(HorizonSettings settings) {
        return JsonText.object(
                "days", settings.days(),
                "within", settings.within(),
                "share", settings.share(),
                "folds", settings.folds(),
                "resamples", settings.resamples(),
                "level", settings.level(),
                "minimum_events", settings.minimumEvents(),
                "seed", settings.seed());
    }

    private static Map<String, Object> horizon(Horizon horizon) {
        Map<String, Object> json = JsonText.object(
                "day", horizon.day(),
                "users", horizon.users(),
                "events", horizon.events(),
                "base_rate", horizon.baseRate(),
                "bought", horizon.bought(),
                "signals", horizon.signals());
        horizon.ownFigures().ifPresent(own -> json.put("own_users", figures(own)));
        Optional<Horizon.Comparison> comparison = horizon.comparison();
        if (comparison.isPresent()) {
            Horizon.Comparison common = comparison.get();
            Map<String, Object> inner = figures(common.figures());
            inner.put("skill_difference", common.difference());
            putInterval(inner, "skill_difference", common.differenceInterval());
            if (!Double.isNaN(common.share())) {
                inner.put("skill_share", common.share());
                putInterval(inner, "skill_share", common.shareInterval());
            }
            inner.put("own_model_roc_auc", common.ownModelRocAuc());
            json.put("common_users", inner);
        }
        return json;
    }

    private static Map<String, Object> figures(HorizonFigures figures) {
        RocAuc auc = figures.rocAuc();
        Map<String, Object> json = JsonText.object(
                "users", figures.users(),
                "events", figures.events(),
                "base_rate", figures.baseRate(),
                "roc_auc", auc.value());
        putInterval(json, "roc_auc", new Interval(auc.lower(), auc.upper()));
        json.put("log_loss", figures.logLoss());
        json.put("null_log_loss", figures.nullLogLoss());
        json.put("skill", figures.skill());
        putInterval(json, "skill", figures.skillInterval());
        return json;
    }

    private static Map<String, Object> survival(KaplanMeier estimate) {
        return JsonText.object(
                "users",
                estimate.users(),
                "events",
                estimate.events(),
                "steps",
                estimate.steps().stream()
                        .map(step -> JsonText.object(
                                "day",
                                step.day(),
                                "at_risk",
                                step.atRisk(),
                                "events",
                                step.events(),
                                "survival",
                                step.survival(),
                                "standard_error",
                                step.standardError()))
                        .toList());
    }

    private static Map<String, Object> verdict(IntentVerdict verdict) {
        Map<String, Object> json;
        if (verdict instanceof IntentVerdict.Emerges emerges) {
            json = JsonText.object(
                    "kind", "emerges",
                    "day", emerges.day(),
                    "share", emerges.share());
            putInterval(json, "share", emerges.shareInterval());
            json.put("surely_by_day", emerges.surelyBy());
            json.put("bought", emerges.bought());
            json.put("share_of_buyers", emerges.shareOfBuyers());
        } else {
            json = JsonText.object("kind", "none");
        }
        json.put("sentence", verdict.sentence());
        return json;
    }

    private static void putInterval(Map<String, Object> json, String name, Interval interval) {
        json.put(name + "_lower", interval.lower());
        json.put(name + "_upper", interval.upper());
    }
}
