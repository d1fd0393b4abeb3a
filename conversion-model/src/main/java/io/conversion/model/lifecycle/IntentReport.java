package io.conversion.model.lifecycle;

import io.conversion.core.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * When intent emerges: the figures of each day, how buyers are spread over the days, and the verdict. Immutable and safe
 * to share between threads.
 *
 * @param counts what the log holds
 * @param observation until when it was observed
 * @param settings what was measured
 * @param eligible the users who signed up so early that their whole label window is observed
 * @param buyers how many of these buy within it
 * @param boughtByDay for each day from 0 to the last day of the window how many of these have bought by then
 * @param horizons the figures of each day, ascending
 * @param timeToPurchase the time from signup to the first purchase, of all users
 * @param verdict the answer
 */
public record IntentReport(
        LogCounts counts,
        EventLog.Observation observation,
        HorizonSettings settings,
        int eligible,
        int buyers,
        List<Integer> boughtByDay,
        List<Horizon> horizons,
        KaplanMeier timeToPurchase,
        IntentVerdict verdict) {

    /** Copies the lists. {@inheritDoc} */
    public IntentReport {
        boughtByDay = List.copyOf(boughtByDay);
        horizons = List.copyOf(horizons);
    }

    static IntentReport of(EventLog log, HorizonSettings settings, List<Horizon> horizons) {
        int[] eligible = log.observedFor(settings.within());
        int[] bought = new int[settings.within() + 1];
        for (int user : eligible) {
            if (log.firstPurchase(user) <= settings.within()) {
                bought[log.firstPurchase(user)]++;
            }
        }
        List<Integer> byDay = new ArrayList<>();
        int sum = 0;
        for (int day : bought) {
            sum += day;
            byDay.add(sum);
        }
        return new IntentReport(
                log.counts(),
                log.observation(),
                settings,
                eligible.length,
                sum,
                byDay,
                horizons,
                log.timeToPurchase(),
                verdict(settings, horizons, sum));
    }

    private static IntentVerdict verdict(HorizonSettings settings, List<Horizon> horizons, int buyers) {
        Horizon last = horizons.get(horizons.size() - 1);
        Horizon.Comparison atEnd = last.common();
        if (last.events() < settings.minimumEvents() || atEnd == null) {
            return new IntentVerdict.None("of the " + String.format(Locale.ROOT, "%,d", last.users())
                    + " users at risk on day " + last.day() + ", " + last.events() + " buy by day " + settings.within()
                    + ", and at least "
                    + settings.minimumEvents() + " purchases are needed to compare days; collect more users, or end"
                    + " with an earlier day.");
        } else if (Double.isNaN(atEnd.share())) {
            return new IntentVerdict.None("even on day " + last.day() + " the signals are not clearly better than the"
                    + " base rate at foreseeing purchases on days " + (last.day() + 1) + " to " + settings.within()
                    + ", so there is no skill that an earlier day could reach a share of.");
        }
        // The last day has a share of exactly 1, so both searches end.
        Horizon reached = last;
        Horizon sure = last;
        for (int i = horizons.size() - 1; i >= 0; i--) {
            Horizon.Comparison comparison = horizons.get(i).common();
            if (comparison != null && comparison.share() >= settings.share()) {
                reached = horizons.get(i);
            }
            if (comparison != null && comparison.shareInterval().lower() >= settings.share()) {
                sure = horizons.get(i);
            }
        }
        Horizon.Comparison at = reached.comparison().orElse(atEnd);
        return new IntentVerdict.Emerges(
                reached.day(),
                last.day(),
                settings.within(),
                settings.share(),
                at.share(),
                at.shareInterval(),
                sure.day(),
                reached.bought(),
                (double) reached.bought() / buyers);
    }

    /**
     * The share of the buyers of the label window who have bought by a day.
     *
     * @param day the day, 0 to the last day of the window
     * @return the share, 0 to 1; NaN if there are no buyers
     */
    public double shareOfBuyersBy(int day) {
        return (double) boughtByDay.get(day) / buyers;
    }

    /**
     * Every number as JSON. Keys are in a fixed order; where there are too few events for a figure, its object is
     * absent.
     *
     * @return JSON text
     */
    public String toJson() {
        return JsonText.pretty(IntentReportJson.of(this));
    }
}
