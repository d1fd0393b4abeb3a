package io.conversion.workbench.models;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import io.conversion.model.lifecycle.HorizonUsers;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.RefusedInputException;
import io.conversion.workbench.console.Wording;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** The users at risk on a day as a table that a model can be trained on. */
final class HorizonTable {

    private static final List<String> KNOWN = List.of("user", "signup_day");

    private final HorizonUsers users;
    private final DataSet data;
    private final List<String> header = new ArrayList<>(KNOWN);

    HorizonTable(HorizonUsers users) {
        this.users = users;
        this.data = users.data();
        data.schema().declared().stream().map(Signal::name).forEach(this::add);
        add(data.label().name());
    }

    private void add(String name) {
        if (header.contains(name)) {
            throw new RefusedInputException("two columns of the table would be " + Wording.quoted(name)
                    + "; leave it out of --attributes, or rename it in the signups");
        }
        header.add(name);
    }

    void write(OutputFile file, PrintWriter out) throws IOException {
        file.write(this::write);
        int bought = data.positives();
        out.println("wrote " + file.path() + ": " + Numbers.count(data.rows(), "user") + " at risk on day "
                + users.riskDay() + ", of whom " + Numbers.count(bought) + " ("
                + Numbers.share(bought, data.rows()) + ") buy on days "
                + (users.riskDay() + 1) + " to " + users.within());
        out.println("train on it with --label " + data.label().name() + " --exclude " + String.join(",", KNOWN));
    }

    private void write(Writer writer) throws IOException {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
        csv.writeRecord(header);
        List<List<String>> known = KNOWN.stream().map(data::attribute).toList();
        int signals = data.schema().declared().size();
        for (int row = 0; row < data.rows(); row++) {
            List<String> cells = new ArrayList<>(header.size());
            for (List<String> texts : known) {
                cells.add(texts.get(row));
            }
            for (int i = 0; i < signals; i++) {
                cells.add(data.text(i, row));
            }
            cells.add(data.converted(row) ? "1" : "0");
            csv.writeRecord(cells);
        }
        csv.flush();
    }
}
