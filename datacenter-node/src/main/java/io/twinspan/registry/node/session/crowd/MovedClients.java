package io.twinspan.registry.node.session.crowd;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The clients that some session of the datacenter has sent away. A client has no name of its own, but its registrations keep their
 * ids wherever it goes: it is remembered by hashes of two of them. Sessions tell one another, by a sequence of each one's own.
 */
public final class MovedClients {
    /**
     * What has been added since a number.
     *
     * @param upTo the number of the last one in it
     */
    public record News(long upTo, List<Long> marks) {
        /** Copies the marks. */
        public News {
            marks = List.copyOf(marks);
        }
    }

    private static final int MOST_IN_NEWS = 10_000;
    private static final int MARKS_PER_CLIENT = 2;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private record Moved(long mark, long nanos) {}

    private final Duration remember;
    private final int mostRemembered;
    private final TreeMap<Long, Moved> bySequence = new TreeMap<>();
    private final Set<Long> marks = new HashSet<>();
    private long sequence;

    /** Nobody has been sent away. */
    public MovedClients(MoveSettings settings) {
        this(settings.remember(), settings.mostRemembered());
    }

    /** The same for so long and so many; beyond that the oldest are forgotten. */
    public MovedClients(Duration remember, int mostRemembered) {
        this.remember = remember;
        this.mostRemembered = mostRemembered;
    }

    /** The mark of a registration's id: FNV-1a, the same on every node. */
    public static long mark(String registId) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < registId.length(); i++) {
            hash = (hash ^ registId.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /** This session sends away the client with these registrations. */
    public void onMoved(List<Long> ofClient, long nowNanos) {
        remembered(ofClient).forEach(mark -> add(mark, nowNanos));
    }

    /** Those of a client's marks that it is remembered by: always the same as long as it registers the same. */
    public static List<Long> remembered(List<Long> ofClient) {
        return ofClient.stream().sorted().limit(MARKS_PER_CLIENT).toList();
    }

    /** Another session says that it knows of these. */
    public void onTold(List<Long> told, long nowNanos) {
        told.forEach(mark -> add(mark, nowNanos));
    }

    /** True when a client with these registrations has been sent away before. */
    public boolean isKnown(List<Long> ofClient) {
        return ofClient.stream().anyMatch(marks::contains);
    }

    /** What was added after a number, the oldest first; as many as go into one message. */
    public News since(long number) {
        Map<Long, Moved> later = bySequence.tailMap(number, false);
        List<Long> some =
                later.values().stream().limit(MOST_IN_NEWS).map(Moved::mark).toList();
        boolean isAll = some.size() == later.size();
        long last = isAll
                ? sequence
                : later.keySet().stream().skip(some.size() - 1L).findFirst().orElse(sequence);
        return new News(last, some);
    }

    /** The number of the last one that was added. */
    public long upTo() {
        return sequence;
    }

    /** Forgets those that may be sent away again. */
    public void forget(long nowNanos) {
        while (!bySequence.isEmpty()
                && nowNanos - bySequence.firstEntry().getValue().nanos() >= remember.toNanos()) {
            removeFirst();
        }
    }

    private void add(long mark, long nowNanos) {
        if (!marks.add(mark)) {
            return;
        }
        if (bySequence.size() >= mostRemembered) {
            removeFirst();
        }
        bySequence.put(++sequence, new Moved(mark, nowNanos));
    }

    private void removeFirst() {
        marks.remove(bySequence.pollFirstEntry().getValue().mark());
    }
}
