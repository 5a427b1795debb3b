package io.twinspan.registry.message;

import io.twinspan.registry.federation.MoveView;

/** Session or data node to meta: the move that is ordered. Asked whenever a {@link LeaseGrant} names another version than is held. */
public record FetchMove() implements Request<MoveView> {}
