package io.twinspan.registry.acvip;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationEpoch;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is decided about duty, as far as it was heard.
 *
 * @param epoch null while nothing was decided; then every datacenter is answered its own
 */
public record Duties(@Nullable FederationEpoch epoch, Map<DatacenterId, Duty> duties) {
    /** Nothing was decided. */
    public static final Duties UNDECIDED = new Duties(null, Map.of());

    private static final int UNKNOWN = 4;

    /** Copies the duties. */
    public Duties {
        duties = Map.copyOf(duties);
    }

    /** Where a datacenter stands in the order in which they are answered; lower goes first. */
    int rank(DatacenterId datacenter) {
        if (epoch == null) {
            return 0;
        }
        Duty duty = duties.get(datacenter);
        if (duty == null) {
            return UNKNOWN;
        }
        return switch (duty) {
            case ACTIVE -> 0;
            case STANDBY -> 1;
            case DRAINING -> 2;
            case JOINING -> 3;
            case DOWN -> UNKNOWN + 1;
        };
    }

    /** The datacenters whose clients are being moved away in order; every other one keeps those that it has. */
    public Set<DatacenterId> draining() {
        return duties.keySet().stream()
                .filter(each -> duties.get(each) == Duty.DRAINING)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A datacenter's duty in one word. */
    public String word(DatacenterId datacenter) {
        Duty duty = duties.get(datacenter);
        return epoch == null || duty == null ? "UNDECIDED" : duty.name();
    }
}
