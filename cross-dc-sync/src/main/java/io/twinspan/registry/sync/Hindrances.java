package io.twinspan.registry.sync;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What keeps the sync with one peer from working until an operator mends it, each in one line or empty. */
final class Hindrances {
    private String reading = "";
    private String ownTopics = "";

    /** Why the peer's topic may not be read. */
    void onRefused(String why) {
        reading = why;
    }

    /** Why our own topics cannot be used, so that the peer hears nothing of us through them. */
    void onOwnTopics(String why) {
        ownTopics = why;
    }

    /** All of them with one more. */
    String with(String notHealing) {
        return Stream.of(reading, ownTopics, notHealing)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
    }
}
