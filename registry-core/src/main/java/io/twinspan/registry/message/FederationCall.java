package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.DatacenterId;

/**
 * A meta to a meta of a peer: an operator here, or a failover that runs here, asks for something of duty, failover or moving in your
 * datacenter. Carried out or refused at once, never kept for later.
 *
 * @param from the datacenter that asks; only a configured peer is answered
 */
public record FederationCall(DatacenterId from, OperatorCall call) implements Request<OperatorAnswer> {}
