package io.twinspan.registry.message;

import java.util.ArrayList;
import java.util.List;

/** A session's answer to {@link FetchSessionTotals}, or the sum of several. */
public record SessionTotals(int publishers, int subscribers, int watchers) {
    /** Nothing is registered. */
    public static final SessionTotals NONE = new SessionTotals(0, 0, 0);

    private static final long WHOLE = 100;

    /** Both together. */
    public SessionTotals plus(SessionTotals other) {
        return new SessionTotals(
                publishers + other.publishers, subscribers + other.subscribers, watchers + other.watchers);
    }

    /** Which of these are below so many percent of what they were before, in words; empty when none is. */
    public List<String> below(SessionTotals before, int percent) {
        List<String> words = new ArrayList<>();
        compare("publishers", publishers, before.publishers, percent, words);
        compare("subscribers", subscribers, before.subscribers, percent, words);
        compare("watchers", watchers, before.watchers, percent, words);
        return words;
    }

    private static void compare(String what, long now, long before, int percent, List<String> words) {
        if (now * WHOLE < before * percent) {
            words.add(now + " " + what + " of " + before);
        }
    }

    @Override
    public String toString() {
        return publishers + " publishers, " + subscribers + " subscribers, " + watchers + " watchers";
    }
}
