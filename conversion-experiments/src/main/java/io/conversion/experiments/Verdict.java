package io.conversion.experiments;

/**
 * What an experiment says to do, by what was fixed before. The first of these that holds is the verdict:
 *
 * <ol>
 *   <li>cannot know, if the health of the data refuses every effect;
 *   <li>stop, if a guardrail is shown to be harmed by more than its harm in an arm, or the primary metric to be worse in
 *       all arms;
 *   <li>act, if the primary metric is shown to be better in an arm, with as many arms in mind as there are, and each
 *       guardrail is shown to be harmed by no more than its harm there;
 *   <li>stop, if the smallest effect that matters is shown to be out of reach in all arms;
 *   <li>wait, if the planned users are not there yet, or none were planned;
 *   <li>cannot know.
 * </ol>
 *
 * Immutable and safe to share between threads.
 */
public sealed interface Verdict {

    /**
     * The verdict for people.
     *
     * @return a sentence
     */
    String sentence();

    /**
     * The verdict for programs.
     *
     * @return {@code act}, {@code wait}, {@code stop} or {@code cannot_know}
     */
    String kind();

    /**
     * Give users what an arm gave.
     *
     * @param arm the arm
     * @param sentence the sentence
     */
    record Act(String arm, String sentence) implements Verdict {
        @Override
        public String kind() {
            return "act";
        }
    }

    /**
     * Go on, since it cannot be told yet.
     *
     * @param missingUsers how many users more; -1 if nobody can tell
     * @param sentence the sentence
     */
    record Wait(long missingUsers, String sentence) implements Verdict {
        @Override
        public String kind() {
            return "wait";
        }
    }

    /**
     * End it.
     *
     * @param reason {@code harm}, {@code worse} or {@code no_effect_that_matters}
     * @param sentence the sentence
     */
    record Stop(String reason, String sentence) implements Verdict {
        @Override
        public String kind() {
            return "stop";
        }
    }

    /**
     * This experiment does not tell.
     *
     * @param reason the code of the finding or refusal, or {@code undecided} at the planned size
     * @param sentence the sentence
     */
    record CannotKnow(String reason, String sentence) implements Verdict {
        @Override
        public String kind() {
            return "cannot_know";
        }
    }
}
