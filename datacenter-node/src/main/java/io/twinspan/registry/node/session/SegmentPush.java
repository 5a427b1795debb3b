package io.twinspan.registry.node.session;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.subscription.Scope;
import java.util.List;
import java.util.Map;

/**
 * The addresses of one service in one datacenter, for some subscribers of one connection.
 *
 * @param registIds the subscribers' own ids, as they sent them
 * @param segment the datacenter; the client keeps what it is told by this name and shows all of them together
 * @param wireVersion the number on the client's wire; the client ignores what is not strictly higher than what it has
 * @param addressesByZone empty to make the segment empty
 * @param localZone the zone that the client is told it is in
 */
public record SegmentPush(
        DataInfoId service,
        List<String> registIds,
        DatacenterId segment,
        Scope scope,
        long wireVersion,
        Map<String, List<String>> addressesByZone,
        String localZone) {}
