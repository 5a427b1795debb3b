package io.twinspan.registry.message;

import io.twinspan.registry.policy.PolicyTable;

/** Session or data node to meta: the policies in force. Asked only when a {@link LeaseGrant} names a newer version. */
public record FetchPolicies() implements Request<PolicyTable> {}
