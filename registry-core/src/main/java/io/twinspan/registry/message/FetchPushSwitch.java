package io.twinspan.registry.message;

import io.twinspan.registry.pushswitch.PushSwitch;

/** A role to meta: the push switch of the datacenter. Asked only when a {@link LeaseGrant} names a newer version. */
public record FetchPushSwitch() implements Request<PushSwitch> {}
