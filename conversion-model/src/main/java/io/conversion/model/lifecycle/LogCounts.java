package io.conversion.model.lifecycle;

/**
 * What a log holds, and what was left out of it.
 *
 * @param users the users
 * @param events the events
 * @param repeatedEvents the events that repeat another one in user, time, kind and amount; they are kept, since two
 *     alike may have happened on a day
 * @param purchases the purchases
 * @param buyers the users with a purchase; all further purchases are renewals
 * @param eventsAfterEnd the events after the declared end of observation, which are left out
 * @param purchasesAfterEnd the purchases after it, which are left out
 * @param leftOut the rows of files that were tolerated and left out
 */
public record LogCounts(
        int users,
        long events,
        long repeatedEvents,
        long purchases,
        int buyers,
        long eventsAfterEnd,
        long purchasesAfterEnd,
        LeftOut leftOut) {

    /**
     * The purchases that are not the first of their user.
     *
     * @return how many
     */
    public long renewals() {
        return purchases - buyers;
    }

    /**
     * Rows of files that were left out because they were tolerated.
     *
     * @param badCells rows with a cell that cannot be read or is missing, or with another number of cells
     * @param unknownUsers events and purchases of users without a signup
     * @param beforeSignup events and purchases before the signup of their user
     * @param repeatedSignups signups of users who signed up before
     * @param outlyingDays rows with a day far away from all others, or after today; with such a signup the user's events
     *     and purchases are left out, too
     */
    public record LeftOut(
            long badCells, long unknownUsers, long beforeSignup, long repeatedSignups, long outlyingDays) {

        static final LeftOut NONE = new LeftOut(0, 0, 0, 0, 0);

        LeftOut outlyingDays(long rows) {
            return new LeftOut(badCells, unknownUsers, beforeSignup, repeatedSignups, rows);
        }

        /**
         * All of them.
         *
         * @return the number of rows
         */
        public long rows() {
            return badCells + unknownUsers + beforeSignup + repeatedSignups + outlyingDays;
        }
    }
}
