package io.conversion.workbench.models;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.conversion.core.Scorer;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.experiments.planning.EffectBands;
import io.conversion.model.synthetic.AnnualOffer;
import io.conversion.model.synthetic.StreamingProduct;
import io.conversion.policy.Band;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentCriteria;
import io.conversion.policy.ExperimentEngine;
import io.conversion.policy.ExperimentMetric;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.records.DecisionRecord;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.OutputFolder;
import io.conversion.workbench.console.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an experiment on users of a generated product: its file with the model and the policies that it was served by,
 * the records of its decisions and what users did afterwards, and the same once more as one table. All three tables are
 * replaced when the last user is written, or none.
 *
 * @param folder the folder, which is created
 * @param effect what the offer adds to the probability of a user
 */
record OfferFiles(Path folder, EffectBands effect) {

    private static final String METRIC = "annual_plan";
    private static final String OFFER = "offer";

    /** When it is read: the window of everybody is closed. */
    private static final Instant CLOSED = StreamingProduct.OBSERVED_UNTIL
            .plusDays(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();

    void write(long users, long seed, PrintWriter out) throws IOException {
        OutputFolder.check(folder);
        Files.createDirectories(folder);
        OutputFile table = OutputFile.of(folder.resolve("users.csv"), InputFiles.none());
        OutputFile records = OutputFile.of(folder.resolve("decisions.jsonl"), InputFiles.none());
        OutputFile outcomes = OutputFile.of(folder.resolve("outcomes.csv"), InputFiles.none());
        Policy today = policy("1", "nothing");
        Policy offer = policy("2", "annual_offer");
        Experiment experiment = experiment(users, seed, today, offer);
        AnnualOffer.model().save(folder.resolve("model.json"));
        today.save(folder.resolve("today.json"));
        offer.save(folder.resolve("offer.json"));
        experiment.write(folder.resolve("experiment.json"));
        ExperimentEngine engine = ExperimentEngine.of(experiment, List.of(today, offer));
        Tally tally = new Tally();
        try (Progress progress = Progress.ofUsers(users)) {
            table.write(a -> records.write(b -> outcomes.write(c -> {
                Tables tables = new Tables(csv(a), b, csv(c), engine, tally);
                for (long number = 0; number < users; number++) {
                    Optional<AnnualOffer> asked = AnnualOffer.to(StreamingProduct.user(seed, number), seed);
                    if (asked.isPresent()) {
                        tables.write(asked.get());
                    }
                    progress.accept(number + 1);
                }
                tables.flush();
            })));
        }
        print(tally, out);
    }

    private void print(Tally tally, PrintWriter out) {
        out.println("wrote " + folder + ": an experiment of " + Numbers.count(tally.users, "user") + ", "
                + Numbers.count(tally.offered) + " with an offer, with its model, policies, records and outcomes");
        if (tally.users > 0) {
            out.println("The offer adds " + Numbers.decimals(100 * tally.effect / tally.users, 3)
                    + " percentage points to \"" + METRIC + "\", on average over all of them. Read it out as of "
                    + CLOSED
                    + ".");
        }
    }

    private static Policy policy(String version, String action) {
        return Policy.of(
                "annual-plan",
                version,
                ModelRequirement.named(AnnualOffer.model().reference().name()),
                List.of(Band.of("everybody", 0, action)),
                "nothing");
    }

    private static Experiment experiment(long users, long seed, Policy today, Policy offer) {
        return Experiment.builder("annual-plan", "1", "annual-plan-" + seed)
                .arm("today", 0.5, today.reference())
                .arm(OFFER, 0.5, offer.reference())
                .running(StreamingProduct.START.atStartOfDay(ZoneOffset.UTC).toInstant(), CLOSED)
                .primary(new ExperimentMetric(
                        METRIC, ExperimentMetric.Kind.PROPORTION, null, AnnualOffer.WINDOW_DAYS, true, Double.NaN))
                // Nine in ten have not bought in their first week, and a few more.
                .criteria(ExperimentCriteria.of(Math.max(1, users / 10 * 9), 0.01))
                .build();
    }

    private static CsvWriter csv(Writer writer) {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
    }

    /** What has been written. For one thread. */
    private static final class Tally {

        private long users;
        private long offered;
        private double effect;
    }

    /** The writers of the three files. For one thread. */
    private final class Tables {

        private final CsvWriter table;
        private final Writer records;
        private final CsvWriter outcomes;
        private final ExperimentEngine engine;
        private final Tally tally;
        private final Scorer scorer = AnnualOffer.model().scorer();
        private final List<String> signals = AnnualOffer.model().schema().declared().stream()
                .map(Signal::name)
                .toList();

        private Tables(CsvWriter table, Writer records, CsvWriter outcomes, ExperimentEngine engine, Tally tally) {
            this.table = table;
            this.records = records;
            this.outcomes = outcomes;
            this.engine = engine;
            this.tally = tally;
            List<String> header = new ArrayList<>(List.of("user", "moment", "arm"));
            header.addAll(signals);
            header.addAll(List.of("probability", "true_effect", METRIC));
            table.writeRecord(header);
            outcomes.writeRecord("key", "moment", "metric", "value");
        }

        private void write(AnnualOffer asked) throws IOException {
            DecisionEvent event = DecisionEvent.decide(
                    engine,
                    scorer,
                    new SignalReading.Accepted(asked.score().signals()),
                    DecisionContext.NONE.userKey(asked.user()),
                    asked.user(),
                    asked.moment());
            DecisionRecord record = DecisionRecord.of(event);
            records.write(record.toJson() + "\n");
            String arm =
                    String.valueOf(Objects.requireNonNull(record.assignment()).arm());
            double change = asked.effect(effect);
            boolean takes = asked.takes(arm.equals(OFFER) ? change : 0);
            if (takes) {
                outcomes.writeRecord(asked.user(), asked.decided().toString(), METRIC, "1");
            }
            List<String> cells =
                    new ArrayList<>(List.of(asked.user(), asked.moment().toString(), arm));
            Map<String, Object> given = asked.score().signals().given();
            signals.forEach(signal -> cells.add(text(given.get(signal))));
            cells.add(String.valueOf(asked.score().probability()));
            cells.add(String.valueOf(change));
            cells.add(takes ? "1" : "0");
            table.writeRecord(cells);
            tally.users++;
            tally.offered += arm.equals(OFFER) ? 1 : 0;
            tally.effect += change;
        }

        private static String text(@Nullable Object value) {
            return value instanceof Double number ? Numbers.plain(number) : String.valueOf(value);
        }

        private void flush() throws IOException {
            table.flush();
            outcomes.flush();
        }
    }
}
