package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.RemovalCause;
import java.util.Map;
import java.util.Set;

/**
 * What is held of one service.
 *
 * @param listed publishers that are listed, held ones included
 * @param causes number of held publishers by the reason for which they were to go
 * @param sessions nodes whose clients they were
 * @param sinceMillis when the first of them was held, since 1970
 * @param untilMillis when the first of them goes unless somebody acts; 0 when an operator has confirmed all
 */
public record QuarantineReport(
        DataInfoId service,
        int held,
        int listed,
        Map<RemovalCause, Integer> causes,
        Set<NodeId> sessions,
        long sinceMillis,
        long untilMillis) {
    /** Copies the collections. */
    public QuarantineReport {
        causes = Map.copyOf(causes);
        sessions = Set.copyOf(sessions);
    }
}
