package io.twinspan.registry.acvip.client;

import io.twinspan.registry.datacenter.Endpoint;

/**
 * One address of an answer.
 *
 * @param datacenter where it is; empty when the server did not say
 * @param weight as the domain's owner set it, 0 and more
 * @param isHealthy as the server's check saw it last
 */
public record AnsweredEndpoint(Endpoint address, String datacenter, String zone, int weight, boolean isHealthy) {
    /** Refuses weights below 0. */
    public AnsweredEndpoint {
        if (weight < 0) {
            throw new IllegalArgumentException("weight " + weight + " of " + address + " is below 0");
        }
    }
}
