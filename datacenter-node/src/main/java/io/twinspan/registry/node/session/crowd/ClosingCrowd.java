package io.twinspan.registry.node.session.crowd;

import io.twinspan.registry.datum.DataInfoId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells a few clients that stop from many that are torn off: a closing belongs to a crowd when it and those of the window before
 * it are more than a share of the session's connections, or of the registrations of one service. What closed before the share was
 * crossed has gone already.
 */
public final class ClosingCrowd {
    /**
     * What a closing connection registered of one service.
     *
     * @param registrations its own
     * @param remaining those of connections that are still open
     */
    public record Share(DataInfoId service, int registrations, int remaining) {}

    /**
     * Whose removal waits.
     *
     * @param isWhole everything of the connection; otherwise only these services
     */
    public record Verdict(boolean isWhole, Set<DataInfoId> services) {
        /** Nothing waits. */
        public static final Verdict NOTHING = new Verdict(false, Set.of());

        /** Copies the services. */
        public Verdict {
            services = Set.copyOf(services);
        }

        /** True when the removal of what it registered of this service waits. */
        public boolean keeps(DataInfoId service) {
            return isWhole || services.contains(service);
        }
    }

    private record Closing(long nanos, List<Share> shares) {}

    private static final class Tally {
        private int connections;
        private int registrations;
    }

    private final CrowdSettings settings;
    private final ArrayDeque<Closing> closings = new ArrayDeque<>();
    private final Map<DataInfoId, Tally> tallies = new HashMap<>();

    /** Nothing has closed yet. */
    public ClosingCrowd(CrowdSettings settings) {
        this.settings = settings;
    }

    /**
     * A connection has closed by itself.
     *
     * @param nowNanos of the session's loop
     * @param remaining connections that are still open
     * @param shares one for each service it publishes
     */
    public Verdict onClosed(long nowNanos, int remaining, List<Share> shares) {
        forget(nowNanos);
        Closing closing = new Closing(nowNanos, List.copyOf(shares));
        closings.addLast(closing);
        count(closing, 1);
        int closed = closings.size();
        if (closed >= settings.leastOfSession() && closed > settings.shareOfSession() * (closed + remaining)) {
            return new Verdict(true, Set.of());
        }
        Set<DataInfoId> kept = new HashSet<>();
        for (Share share : shares) {
            Tally tally = tallies.get(share.service());
            if (tally != null
                    && tally.connections >= settings.leastOfService()
                    && tally.registrations > settings.shareOfService() * (tally.registrations + share.remaining())) {
                kept.add(share.service());
            }
        }
        return kept.isEmpty() ? Verdict.NOTHING : new Verdict(false, kept);
    }

    private void forget(long nowNanos) {
        while (!closings.isEmpty()
                && (nowNanos - closings.getFirst().nanos() >= settings.window().toNanos()
                        || closings.size() >= settings.mostClosings())) {
            count(closings.removeFirst(), -1);
        }
    }

    private void count(Closing closing, int sign) {
        for (Share share : closing.shares()) {
            Tally tally = tallies.computeIfAbsent(share.service(), service -> new Tally());
            tally.connections += sign;
            tally.registrations += sign * share.registrations();
            if (tally.connections == 0) {
                tallies.remove(share.service());
            }
        }
    }
}
