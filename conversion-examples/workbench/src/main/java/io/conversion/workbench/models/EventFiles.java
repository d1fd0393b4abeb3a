package io.conversion.workbench.models;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.conversion.model.synthetic.StreamingProduct;
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
import java.time.LocalDate;
import java.util.List;

/**
 * The folder of a generated product's tables, written user by user. All four files are replaced when the last user is
 * written, or none.
 *
 * @param folder the folder, which is created
 */
record EventFiles(Path folder) {

    void write(long users, long seed, PrintWriter out) throws IOException {
        OutputFolder.check(folder);
        Files.createDirectories(folder);
        OutputFile signups = OutputFile.of(folder.resolve("signups.csv"), InputFiles.none());
        OutputFile events = OutputFile.of(folder.resolve("events.csv"), InputFiles.none());
        OutputFile purchases = OutputFile.of(folder.resolve("purchases.csv"), InputFiles.none());
        OutputFile offers = OutputFile.of(folder.resolve("offers.csv"), InputFiles.none());
        Tally tally = new Tally();
        try (Progress progress = Progress.ofUsers(users)) {
            signups.write(a -> events.write(b -> purchases.write(
                    c -> offers.write(d -> write(users, seed, new Tables(a, b, c, d), tally, progress)))));
        }
        out.println("wrote " + signups.path() + ": " + Numbers.count(users, "user"));
        out.println("wrote " + events.path() + ": " + Numbers.count(tally.events, "event"));
        out.println("wrote " + purchases.path() + ": " + Numbers.count(tally.purchases, "purchase") + " of "
                + Numbers.count(tally.buyers, "user") + ", " + Numbers.count(tally.early) + " of them ("
                + Numbers.share(tally.early, users) + ") within 30 days");
        out.println("wrote " + offers.path() + ": " + Numbers.count(tally.drawn, "user") + " drawn, "
                + Numbers.count(tally.offered) + " with an offer");
    }

    private static void write(long users, long seed, Tables tables, Tally tally, Progress progress) throws IOException {
        for (long number = 0; number < users; number++) {
            StreamingProduct.User user = StreamingProduct.user(seed, number);
            tables.write(user);
            tally.count(user);
            progress.accept(number + 1);
        }
        tables.flush();
    }

    /** The writers of the four files. For one thread. */
    private static final class Tables {

        private final CsvWriter signups;
        private final CsvWriter events;
        private final CsvWriter purchases;
        private final CsvWriter offers;

        private Tables(Writer signups, Writer events, Writer purchases, Writer offers) {
            this.signups = csv(signups, "user", "day", "country_tier", "channel");
            this.events = csv(events, "user", "day", "kind", "amount");
            this.purchases = csv(purchases, "user", "day");
            this.offers = csv(offers, "user", "day", "offered", "true_effect");
        }

        private static CsvWriter csv(Writer writer, String... header) {
            return CsvWriter.builder()
                    .lineDelimiter(LineDelimiter.LF)
                    .build(writer)
                    .writeRecord(header);
        }

        private void write(StreamingProduct.User user) {
            signups.writeRecord(user.id(), user.signup().toString(), user.countryTier(), user.channel());
            for (StreamingProduct.Event event : user.events()) {
                events.writeRecord(user.id(), event.day().toString(), event.kind(), Numbers.plain(event.amount()));
            }
            for (LocalDate day : user.purchases()) {
                purchases.writeRecord(user.id(), day.toString());
            }
            user.offer()
                    .ifPresent(offer -> offers.writeRecord(
                            user.id(),
                            offer.day().toString(),
                            offer.offered() ? "1" : "0",
                            Numbers.plain(offer.effect())));
        }

        private void flush() throws IOException {
            for (CsvWriter writer : List.of(signups, events, purchases, offers)) {
                writer.flush();
            }
        }
    }

    /** What has been written. For one thread. */
    private static final class Tally {

        private long events;
        private long purchases;
        private long buyers;
        private long early;
        private long drawn;
        private long offered;

        private void count(StreamingProduct.User user) {
            events += user.events().size();
            purchases += user.purchases().size();
            if (!user.purchases().isEmpty()) {
                buyers++;
                early += user.purchases().get(0).isAfter(user.signup().plusDays(30)) ? 0 : 1;
            }
            drawn += user.offer().isPresent() ? 1 : 0;
            offered += user.offer().map(offer -> offer.offered() ? 1 : 0).orElse(0);
        }
    }
}
