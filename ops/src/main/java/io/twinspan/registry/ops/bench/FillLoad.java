package io.twinspan.registry.ops.bench;

/**
 * A number of publishers to be registered once each, ten of them a service.
 *
 * @param connections to the server
 * @param inFlight registrations that wait for their answer at a time, on each connection
 * @param publishers in all
 * @param bytes of each published value
 */
public record FillLoad(int connections, int inFlight, int publishers, int bytes) {
    static final int OF_SERVICE = 10;

    /** Refuses what is out of bounds, naming the option. */
    public FillLoad {
        Limits.check("--connections", connections, 1, 1_000);
        Limits.check("--in-flight", inFlight, 1, 256);
        Limits.check("--publishers", publishers, 1, 5_000_000);
        Limits.check("--bytes", bytes, 32, 1 << 20);
    }

    FillLoad withPublishers(int other) {
        return new FillLoad(connections, inFlight, other, bytes);
    }

    int services() {
        return (publishers + OF_SERVICE - 1) / OF_SERVICE;
    }

    /** Registrations in flight together: so many are the last ones to be answered. */
    int places() {
        return Math.min(connections * inFlight, publishers);
    }
}
