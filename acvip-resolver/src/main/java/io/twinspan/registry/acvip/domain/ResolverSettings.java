package io.twinspan.registry.acvip.domain;

import java.time.Duration;

/**
 * Bounds of a resolver.
 *
 * @param federation name of the federation; its domains end with it
 * @param ttl how long an answer may be used without asking again
 * @param mostDomains domains in one poll
 * @param longestPoll how long a poll may wait
 * @param mostPolls polls that wait at one time
 * @param mostKept answers kept for those who ask the same
 * @param mostAnswered endpoints in the reply to one poll, unless a single domain has more; the rest comes with the next poll
 */
public record ResolverSettings(
        String federation,
        Duration ttl,
        int mostDomains,
        Duration longestPoll,
        int mostPolls,
        int mostKept,
        int mostAnswered) {
    private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*";

    /** Refuses what cannot work, naming the key. */
    public ResolverSettings {
        if (federation.length() > 200 || !federation.matches(NAME)) {
            throw new IllegalArgumentException("twinspan.federation '" + federation
                    + "' is not usable: take lower-case letters, digits and '-', with dots between");
        }
        check("ttl-seconds", ttl.toSeconds(), 1, 3_600);
        check("most-domains", mostDomains, 1, 10_000);
        check("longest-poll-seconds", longestPoll.toSeconds(), 1, 600);
        check("most-polls", mostPolls, 1, 100_000);
        check("most-kept", mostKept, 1, 1_000_000);
        check("most-answered", mostAnswered, 1, 1_000_000);
    }

    /** Answers for 5 s, polls of 1 000 domains and 60 s, 5 000 of them at once, 10 000 answers kept, 20 000 endpoints a reply. */
    public static ResolverSettings standard(String federation) {
        return new ResolverSettings(
                federation, Duration.ofSeconds(5), 1_000, Duration.ofSeconds(60), 5_000, 10_000, 20_000);
    }

    /** The domain of the sessions. */
    public String sessions() {
        return "session." + federation;
    }

    /** The domain of the metas' HTTP ports. */
    public String consoles() {
        return "console." + federation;
    }

    private static void check(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "resolver." + key + " is " + value + ", which is not between " + least + " and " + most);
        }
    }
}
