package io.conversion.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import hex.genmodel.InMemoryMojoReaderBackend;
import hex.genmodel.ModelMojoReader;
import hex.genmodel.algos.glm.GlmMojoModel;
import io.conversion.benchmarks.BenchmarkModel.Categorical;
import io.conversion.benchmarks.BenchmarkModel.Numeric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The {@link BenchmarkModel} as H2O would export it: a MOJO ("model object, optimised") of a GLM, written in memory.
 * Keys as in {@code hex.genmodel.ModelMojoReader} and {@code GlmMojoReader} of h2o-genmodel 3.46.
 *
 * <p>H2O puts categorical columns first, and reads a flag as a categorical column of false and true. Its first levels
 * have no coefficient.
 */
final class H2oModel {

    /** Signals in the order of the MOJO's columns; after them comes the response. */
    private static final List<Categorical> CATEGORICALS = Stream.concat(
                    BenchmarkModel.CATEGORICALS.stream(),
                    Stream.of(new Categorical(
                            BenchmarkModel.FLAG, List.of("false", "true"), List.of(0.0, BenchmarkModel.FLAG_VALUE))))
            .toList();

    private static final List<Numeric> NUMERICS = BenchmarkModel.NUMERICS;
    private static final int FEATURES = CATEGORICALS.size() + NUMERICS.size();

    private H2oModel() {}

    /**
     * Writes the MOJO and has H2O read it.
     *
     * @return H2O's model
     */
    static GlmMojoModel load() {
        Map<String, byte[]> files = new HashMap<>();
        files.put("model.ini", modelIni().getBytes(UTF_8));
        for (int i = 0; i < CATEGORICALS.size(); i++) {
            files.put("domains/" + domainFile(i), lines(CATEGORICALS.get(i).levels()));
        }
        files.put("domains/" + domainFile(FEATURES), lines(List.of("false", "true")));
        try {
            return (GlmMojoModel) ModelMojoReader.readFrom(new InMemoryMojoReaderBackend(files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String modelIni() {
        return String.format(
                Locale.ROOT,
                """
                [info]
                algorithm = Generalized Linear Model
                algo = glm
                category = Binomial
                mojo_version = 1.00
                uuid = 1
                supervised = true
                n_features = %d
                n_classes = 2
                n_columns = %d
                n_domains = %d
                balance_classes = false
                default_threshold = 0.5
                prior_class_distrib = null
                model_class_distrib = null
                family = binomial
                link = logit
                use_all_factor_levels = false
                mean_imputation = true
                cats = %d
                cat_modes = %s
                cat_offsets = %s
                nums = %d
                num_means = %s
                beta = %s

                [columns]
                %s

                [domains]
                %s
                """,
                FEATURES,
                FEATURES + 1,
                CATEGORICALS.size() + 1,
                CATEGORICALS.size(),
                Arrays.toString(new int[CATEGORICALS.size()]),
                categoricalOffsets(),
                NUMERICS.size(),
                NUMERICS.stream().map(Numeric::centre).toList(),
                coefficients(),
                columns(),
                domains());
    }

    /** Where the coefficients of each categorical column begin, and where those of the last one end. */
    private static List<Integer> categoricalOffsets() {
        List<Integer> offsets = new ArrayList<>(List.of(0));
        for (Categorical signal : CATEGORICALS) {
            offsets.add(offsets.get(offsets.size() - 1) + signal.levels().size() - 1);
        }
        return offsets;
    }

    private static List<Double> coefficients() {
        Stream<Double> levels =
                CATEGORICALS.stream().flatMap(signal -> signal.values().stream().skip(1));
        Stream<Double> slopes = NUMERICS.stream().map(Numeric::slope);
        return Stream.of(levels, slopes, Stream.of(BenchmarkModel.interceptWithoutCentres()))
                .flatMap(part -> part)
                .toList();
    }

    private static String columns() {
        Stream<String> features = Stream.concat(
                CATEGORICALS.stream().map(Categorical::name), NUMERICS.stream().map(Numeric::name));
        return Stream.concat(features, Stream.of("converted")).collect(joining("\n"));
    }

    private static String domains() {
        Stream<String> features = IntStream.range(0, CATEGORICALS.size())
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "%d: %d %s",
                        i,
                        CATEGORICALS.get(i).levels().size(),
                        domainFile(i)));
        return Stream.concat(
                        features, Stream.of(String.format(Locale.ROOT, "%d: 2 %s", FEATURES, domainFile(FEATURES))))
                .collect(joining("\n"));
    }

    private static String domainFile(int column) {
        return String.format(Locale.ROOT, "d%03d.txt", column);
    }

    private static byte[] lines(List<String> lines) {
        return String.join("\n", lines).getBytes(UTF_8);
    }
}
