package io.twinspan.registry.node.session.http;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.node.session.SegmentPush;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service as readers over HTTP are told it, as JSON fields in the order in which they are shown. Pure. */
final class ServiceAnswer {
    private static final double MILLIS = 1_000.0;

    private ServiceAnswer() {}

    /**
     * All that is known.
     *
     * @param ages how long ago each datacenter stood behind its addresses; one that is not named has no known age, and is stale
     */
    static Map<String, Object> of(
            Wish wish, Map<DatacenterId, SegmentPush> shown, Map<DatacenterId, Duration> ages, Duration staleAfter) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("dataId", wish.service().dataId());
        answer.put("group", wish.service().group());
        answer.put("instanceId", wish.service().instanceId());
        answer.put("scope", wish.scope().wireName());
        List<Map<String, Object>> segments = new ArrayList<>();
        shown.values().forEach(push -> segments.add(segment(push, ages.get(push.segment()), staleAfter)));
        answer.put("segments", segments);
        return answer;
    }

    /** The addresses of one datacenter. */
    static Map<String, Object> segment(SegmentPush push, @Nullable Duration age, Duration staleAfter) {
        Map<String, Object> segment = age(push.segment(), age, staleAfter);
        segment.put("version", Long.toString(push.wireVersion()));
        segment.put("addresses", push.addressesByZone());
        return segment;
    }

    /** How old the addresses of one datacenter are. */
    static Map<String, Object> age(DatacenterId datacenter, @Nullable Duration age, Duration staleAfter) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("datacenter", datacenter.name());
        fields.put("ageSeconds", age == null ? null : age.toMillis() / MILLIS);
        fields.put("stale", age == null || age.compareTo(staleAfter) > 0);
        return fields;
    }
}
