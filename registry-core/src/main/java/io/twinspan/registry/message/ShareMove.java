package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.DatacenterId;

/**
 * A meta to a meta of the counterpart, each second while a move is ordered: this is what holds here; what holds with you? The answer
 * of the target is its grant.
 *
 * @param from the datacenter that asks
 */
public record ShareMove(DatacenterId from, MoveStanding standing) implements Request<MoveStanding> {}
