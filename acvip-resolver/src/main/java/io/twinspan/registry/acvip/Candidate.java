package io.twinspan.registry.acvip;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;

/**
 * One address that may be answered.
 *
 * @param zone empty for none
 * @param weight 0 for one that is taken out
 * @param health what is known of it, in words
 */
public record Candidate(
        Endpoint address, DatacenterId datacenter, String zone, int weight, boolean isHealthy, String health) {
    /** One of whom nothing bad is known. */
    public static Candidate well(Endpoint address, DatacenterId datacenter, String zone, int weight) {
        return new Candidate(address, datacenter, zone, weight, true, "not checked");
    }
}
