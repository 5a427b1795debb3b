package io.twinspan.registry.ops.bench;

/**
 * How hard registrations are sent.
 *
 * @param connections to the server
 * @param inFlight registrations that wait for their answer at a time, on each connection
 * @param seconds of each round
 * @param bytes of the published value
 */
public record PublishLoad(int connections, int inFlight, int seconds, int bytes) {
    /** Refuses what is out of bounds, naming the option. */
    public PublishLoad {
        Limits.check("--connections", connections, 1, 1_000);
        Limits.check("--in-flight", inFlight, 1, 256);
        Limits.check("--seconds", seconds, 1, 600);
        Limits.check("--bytes", bytes, 32, 1 << 20);
    }
}
