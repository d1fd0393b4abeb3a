package io.conversion.policy.testkit;

import io.conversion.core.ScoredBatch;
import io.conversion.core.SignalBatch;
import io.conversion.core.SignalColumn;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Band;
import io.conversion.policy.DecidedBatch;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Requests as columns. */
final class BatchOfRequests {

    private BatchOfRequests() {}

    static void requireSameDecisions(LawSubject law, List<Map<String, Object>> requests) {
        SignalSchema schema = law.model().schema();
        ScoredBatch scores = law.model().scorer().score(columns(schema, requests));
        IntFunction<DecisionContext> contexts = row -> context(law.policy().bands(), row);
        requireSameDecisions(law, requests, law.engine().decide(scores), row -> DecisionContext.NONE);
        requireSameDecisions(law, requests, law.engine().decide(scores, contexts), contexts);
    }

    /** Keys, and previous segments of each band in turn; every other row has none. */
    private static DecisionContext context(List<Band> bands, int row) {
        DecisionContext context = DecisionContext.NONE.userKey("user " + row);
        return row % 2 == 0
                ? context
                : context.previousSegment(bands.get(row / 2 % bands.size()).segment());
    }

    private static void requireSameDecisions(
            LawSubject law,
            List<Map<String, Object>> requests,
            DecidedBatch decided,
            IntFunction<DecisionContext> contexts) {
        SignalSchema schema = law.model().schema();
        for (int row = 0; row < requests.size(); row++) {
            Decision alone =
                    law.engine().decide(law.model().scorer(), schema.read(requests.get(row)), contexts.apply(row));
            String rule = "users are decided alike alone and in a batch";
            String where = "row " + row + " of " + requests.size() + ", request " + requests.get(row);
            law.require(rule, where, alone.action(), decided.action(row));
            law.require(rule, where, alone.reason(), decided.reason(row));
            law.require(rule, where, alone.segment(), decided.segment(row));
            law.require(rule, where, DocumentedDecision.of(alone), DocumentedDecision.of(decided.decision(row)));
        }
    }

    private static SignalBatch columns(SignalSchema schema, List<Map<String, Object>> requests) {
        Map<String, SignalColumn> columns = new LinkedHashMap<>();
        for (Signal signal : schema.declared()) {
            columns.put(signal.name(), column(signal, requests));
        }
        return SignalBatch.of(schema, columns);
    }

    private static SignalColumn column(Signal signal, List<Map<String, Object>> requests) {
        BitSet missing = new BitSet();
        double[] numbers = new double[requests.size()];
        boolean[] flags = new boolean[requests.size()];
        String[] levels = new String[requests.size()];
        for (int row = 0; row < requests.size(); row++) {
            Object value = requests.get(row).get(signal.name());
            missing.set(row, value == null);
            if (value instanceof Double number) {
                numbers[row] = number;
            } else if (value instanceof Boolean flag) {
                flags[row] = flag;
            } else if (value != null) {
                levels[row] = (String) value;
            }
        }
        if (signal instanceof NumericSignal) {
            return SignalColumn.numbers(numbers).missing(missing);
        }
        return signal instanceof FlagSignal ? SignalColumn.flags(flags).missing(missing) : SignalColumn.levels(levels);
    }
}
