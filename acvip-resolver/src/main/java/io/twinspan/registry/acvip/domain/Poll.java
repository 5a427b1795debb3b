package io.twinspan.registry.acvip.domain;

import io.twinspan.registry.acvip.DomainAnswer;
import io.twinspan.registry.acvip.Duties;
import io.twinspan.registry.acvip.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A question that is answered when there is something new.
 *
 * @param known of each domain the checksum that the asker has, or an empty text
 * @param within how long to wait at most
 */
public record Poll(Place place, Map<DomainName, String> known, Duration within) {
    /** Copies the map. */
    public Poll {
        known = Map.copyOf(new TreeMap<>(known));
    }

    /**
     * What is new.
     *
     * @param changed answers that are other than the asker's
     * @param gone domains that the asker has and that are no more
     */
    public record News(Duties duties, List<DomainAnswer> changed, List<DomainName> gone) {
        /** Copies the lists. */
        public News {
            changed = List.copyOf(changed);
            gone = List.copyOf(gone);
        }

        boolean isNone() {
            return changed.isEmpty() && gone.isEmpty();
        }
    }
}
