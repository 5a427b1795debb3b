package io.twinspan.registry.ops.bench;

/**
 * Changes at a steady pace, whatever the server does.
 *
 * @param fill the publishers that are there; one of them changes at a time
 * @param subscribers spread evenly over the services
 * @param changesPerSecond of all publishers together
 * @param seconds of each round
 */
public record ChurnLoad(FillLoad fill, int subscribers, int changesPerSecond, int seconds) {
    /** Refuses what is out of bounds, naming the option. */
    public ChurnLoad {
        Limits.check("--subscribers", subscribers, 1, 10_000);
        Limits.check("--changes-per-second", changesPerSecond, 1, 10_000);
        Limits.check("--seconds", seconds, 1, 600);
    }

    /** Services that somebody subscribes to. */
    int watchedServices() {
        return Math.min(fill.services(), subscribers);
    }

    /** Subscribers of a service that is subscribed to. */
    int subscribersOf(int service) {
        return subscribers / watchedServices() + (service < subscribers % watchedServices() ? 1 : 0);
    }
}
