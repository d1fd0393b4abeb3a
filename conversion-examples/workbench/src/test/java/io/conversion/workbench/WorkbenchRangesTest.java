package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenOutOfRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchRangesTest {

    @TempDir
    private Path folder;

    @Test
    void rangesAreProposedFromTheFile() throws IOException {
        Path users = Files.writeString(
                folder.resolve("users.csv"),
                "hours,visits,plan,converted\n2.5,3,month,0\n-1,,year,1\n0,12,month,0\n7.25,4,year,1\n");
        Path file = folder.resolve("schema.json");

        Outcome inferred = Outcome.of("schema infer --ranges --data", users, "--label", "converted", "--out", file);

        assertThat(inferred.out()).contains("levels or numbers", "from -1 to 7.25", "whole from 3 to 12");
        SignalSchema schema = SignalSchema.load(file);
        assertThat(schema.declared())
                .filteredOn(signal -> signal instanceof NumericSignal)
                .extracting(signal -> (NumericSignal) signal)
                .allSatisfy(signal -> assertThat(signal.whenOutOfRange()).isEqualTo(WhenOutOfRange.CLIP))
                .extracting(NumericSignal::min, NumericSignal::max)
                .containsExactly(tuple(-1.0, 7.25), tuple(3.0, 12.0));
    }

    @Test
    void withoutThemAnyNumberIsScored() throws IOException {
        Path users = Files.writeString(folder.resolve("users.csv"), "hours,converted\n2.5,0\n-1,1\n");
        Path file = folder.resolve("schema.json");

        Outcome inferred = Outcome.of("schema infer --data", users, "--label", "converted", "--out", file);

        assertThat(inferred.out()).doesNotContain("range");
        assertThat(SignalSchema.load(file).declared().toString()).doesNotContain("CLIP");
    }
}
