package io.conversion.model.lifecycle;

import io.conversion.model.synthetic.StreamingProduct;
import java.time.LocalDate;

/** A generated log, into which the future of each user is planted: if it leaked, it would be seen. */
final class PlantedFuture {

    private PlantedFuture() {}

    /**
     * A log of 300 users, with many further events after a day for each user who buys later, some of a kind that there
     * was not before.
     *
     * @param day the last day without planted events; -1 to plant none
     */
    static EventLog log(int day) {
        EventLog.Builder log = EventLog.builder("country_tier", "channel");
        StreamingProduct.stream(3).limit(300).forEach(user -> {
            log.signup(user.id(), user.signup(), user.countryTier(), user.channel());
            user.events().forEach(event -> log.event(user.id(), event.day(), event.kind(), event.amount()));
            user.purchases().forEach(purchase -> log.purchase(user.id(), purchase));
            LocalDate next = user.signup().plusDays(day + 1);
            if (day >= 0 && !user.purchases().isEmpty()) {
                for (int i = 0; i < 20; i++) {
                    log.event(user.id(), next.plusDays(i), "session", 1e6);
                    log.event(user.id(), next.plusDays(i), "a_new_kind", -1);
                }
            }
        });
        return log.build(StreamingProduct.OBSERVED_UNTIL);
    }
}
