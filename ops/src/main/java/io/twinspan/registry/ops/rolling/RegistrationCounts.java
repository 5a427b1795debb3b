package io.twinspan.registry.ops.rolling;

import java.util.ArrayList;
import java.util.List;

/**
 * What is registered in a datacenter.
 *
 * @param publishers as the sessions count them; likewise subscribers and watchers
 * @param stored publishers as the data nodes count them in the slots they lead
 */
public record RegistrationCounts(long publishers, long subscribers, long watchers, long stored) {
    private static final int WHOLE = 100;

    /** Which of these are below so many percent of what they were before, in words. */
    List<String> below(RegistrationCounts before, int percent) {
        List<String> words = new ArrayList<>();
        compare("publishers", publishers, before.publishers, percent, words);
        compare("subscribers", subscribers, before.subscribers, percent, words);
        compare("watchers", watchers, before.watchers, percent, words);
        compare("publishers at the data nodes", stored, before.stored, percent, words);
        return words;
    }

    private static void compare(String what, long now, long before, int percent, List<String> words) {
        if (now * WHOLE < before * percent) {
            words.add(now + " " + what + " of " + before);
        }
    }

    @Override
    public String toString() {
        return publishers + " publishers (" + stored + " at the data nodes), " + subscribers + " subscribers, "
                + watchers + " watchers";
    }
}
