package io.conversion.benchmarks;

/** A user of the {@link BenchmarkModel} as a service would declare one. */
record BenchmarkUser(
        int daysSinceSignup,
        int sessions7d,
        double contentHours7d,
        int downloads7d,
        int paywallViews7d,
        int activeDays28d,
        int searches7d,
        int shares28d,
        int supportTickets28d,
        CountryTier countryTier,
        Channel channel,
        boolean weekend) {

    enum CountryTier {
        TIER_1,
        TIER_2,
        TIER_3
    }

    enum Channel {
        ORGANIC,
        SEARCH,
        SOCIAL,
        REFERRAL,
        PARTNER
    }

    private static final CountryTier[] TIERS = CountryTier.values();
    private static final Channel[] CHANNELS = Channel.values();

    static BenchmarkUser of(Columns users, int row) {
        double[][] n = users.numerics();
        return new BenchmarkUser(
                (int) n[0][row],
                (int) n[1][row],
                n[2][row],
                (int) n[3][row],
                (int) n[4][row],
                (int) n[5][row],
                (int) n[6][row],
                (int) n[7][row],
                (int) n[8][row],
                TIERS[users.levels()[0][row]],
                CHANNELS[users.levels()[1][row]],
                users.flags()[row]);
    }
}
