package io.twinspan.registry.acvip.client;

import java.time.Duration;

/**
 * Bounds of a client.
 *
 * @param mostDomains that are followed at once; beyond, the one that was asked for longest ago goes
 * @param mostServers of one datacenter that are remembered
 * @param mostDatacenters that are followed at once
 * @param mostWaiting questions that wait for a first answer
 * @param mostAnswerBytes of one answer of a server
 * @param times how long things take
 */
public record ClientLimits(
        int mostDomains, int mostServers, int mostDatacenters, int mostWaiting, int mostAnswerBytes, Times times) {
    /** What a server takes in one poll. */
    private static final int MOST_IN_POLL = 1_000;

    /**
     * How long things take.
     *
     * @param poll how long a server may keep a question for which nothing has changed, whole seconds
     * @param slack after which a server that does not answer is given up
     * @param connect within which a server takes a connection
     * @param betweenPolls pause after an answer, in which changes gather
     * @param firstAnswer how long somebody waits who asks for a domain that nothing is known of
     * @param firstPause of a server that did not answer; it doubles
     * @param longestPause of one that has not answered for long
     * @param serversEvery how often the list of servers is asked for
     * @param saveEvery how often answers are written at most; a new epoch is written at once
     * @param idle after which a domain that nobody asks for is not followed any more
     */
    public record Times(
            Duration poll,
            Duration slack,
            Duration connect,
            Duration betweenPolls,
            Duration firstAnswer,
            Duration firstPause,
            Duration longestPause,
            Duration serversEvery,
            Duration saveEvery,
            Duration idle) {
        /** Refuses polls that servers refuse and pauses of nothing. */
        public Times {
            if (poll.toSeconds() < 1 || poll.toSeconds() > 60) {
                throw new IllegalArgumentException("a poll of " + poll + "; take 1 to 60 s");
            }
            positive("slack", slack);
            positive("connect", connect);
            positive("betweenPolls", betweenPolls);
            positive("firstAnswer", firstAnswer);
            positive("firstPause", firstPause);
            positive("longestPause", longestPause);
            positive("serversEvery", serversEvery);
            positive("saveEvery", saveEvery);
            positive("idle", idle);
        }

        private static void positive(String name, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " is " + value + "; take more than nothing");
            }
        }
    }

    /** Refuses bounds that bound nothing, and more domains than a server takes. */
    public ClientLimits {
        if (mostDomains < 1 || mostDomains > MOST_IN_POLL) {
            throw new IllegalArgumentException("mostDomains is " + mostDomains + "; take 1 to " + MOST_IN_POLL);
        }
        if (mostServers < 1 || mostDatacenters < 1 || mostWaiting < 1 || mostAnswerBytes < 1_024) {
            throw new IllegalArgumentException("a client needs a server, a datacenter, a waiter and 1 KiB of answer");
        }
    }

    /**
     * 1 000 domains, 16 servers in each of 8 datacenters, answers of 4 MiB; polls of 10 s, given up 2 s later; 2 s for a first
     * answer; pauses from 100 ms to 5 s.
     */
    public static ClientLimits standard() {
        return new ClientLimits(
                MOST_IN_POLL,
                16,
                8,
                1_000,
                4 << 20,
                new Times(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(20),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10)));
    }
}
