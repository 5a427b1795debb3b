package io.twinspan.registry.node.resolver;

import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.acvip.domain.DomainName;
import io.twinspan.registry.acvip.domain.Poll;
import io.twinspan.registry.acvip.domain.ResolverSettings;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.node.json.JsonBody;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** {@code {"place":{…},"timeoutSeconds":30,"domains":{"session.twinspan":"<checksum or empty>",…}}}. */
final class PollBody {
    private static final int USUAL_SECONDS = 30;

    private PollBody() {}

    /** @throws IllegalArgumentException naming what is wrong with it */
    static Poll read(String text, Place usual, ResolverSettings settings) {
        JsonNode body = JsonBody.object(text);
        JsonNode domains = body.path("domains");
        if (!domains.isObject()) {
            throw new IllegalArgumentException("domains is not an object of domain and checksum");
        }
        // Before anything is made of them.
        if (domains.size() > settings.mostDomains()) {
            throw new IllegalArgumentException(
                    "domains names " + domains.size() + " of them; a poll may name 1 to " + settings.mostDomains());
        }
        Map<DomainName, String> known = new HashMap<>();
        domains.properties().forEach(each -> {
            if (!each.getValue().isString()) {
                throw new IllegalArgumentException("the checksum of " + each.getKey() + " is not a string");
            }
            known.put(DomainName.parse(each.getKey()), each.getValue().stringValue());
        });
        JsonNode seconds = body.path("timeoutSeconds");
        if (!seconds.isMissingNode() && !seconds.isInt()) {
            throw new IllegalArgumentException("timeoutSeconds is not a whole number");
        }
        return new Poll(place(body.path("place"), usual), known, Duration.ofSeconds(seconds.asInt(USUAL_SECONDS)));
    }

    private static Place place(JsonNode place, Place usual) {
        if (place.isMissingNode() || place.isNull()) {
            return usual;
        }
        if (!place.isObject()) {
            throw new IllegalArgumentException("place is not an object");
        }
        return place(
                usual,
                place.path("datacenter").asString(""),
                place.path("zone").asString(""),
                place.path("app").asString(""));
    }

    /** Who does not say where he is, is where the asked server is. */
    static Place place(Place usual, String datacenter, String zone, String app) {
        DatacenterId named = datacenter.isBlank() ? usual.datacenter() : new DatacenterId(datacenter);
        boolean isHere = named.equals(usual.datacenter());
        return new Place(named, zone.isBlank() && isHere ? usual.zone() : zone, app);
    }
}
