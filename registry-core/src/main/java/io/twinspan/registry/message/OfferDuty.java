package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.FederationState;

/**
 * The leading meta of a datacenter to a meta of a peer, each second: this is what we know of duty.
 *
 * @param from the datacenter that knows it; only a configured peer is believed
 */
public record OfferDuty(DatacenterId from, FederationState state) implements Request<DutyHeld> {}
