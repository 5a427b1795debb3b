package io.twinspan.registry.node.session.http;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.node.session.SegmentPush;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Segments as JSON, written once for all streams that are told the same one after the other. Belongs to the event loop. */
final class SegmentTexts {
    private record Text(SegmentPush push, @Nullable Duration age, String json) {
        boolean isOf(SegmentPush other, @Nullable Duration otherAge) {
            Map<String, List<String>> addresses = other.addressesByZone();
            return push.service().equals(other.service())
                    && push.wireVersion() == other.wireVersion()
                    && Objects.equals(age, otherAge)
                    && push.addressesByZone().equals(addresses);
        }
    }

    private final Duration staleAfter;
    private final Map<DatacenterId, Text> last = new HashMap<>();

    SegmentTexts(Duration staleAfter) {
        this.staleAfter = staleAfter;
    }

    String json(SegmentPush push, @Nullable Duration age) {
        Text text = last.get(push.segment());
        if (text == null || !text.isOf(push, age)) {
            text = new Text(
                    push, age, JsonMapper.shared().writeValueAsString(ServiceAnswer.segment(push, age, staleAfter)));
            last.put(push.segment(), text);
        }
        return text.json();
    }
}
