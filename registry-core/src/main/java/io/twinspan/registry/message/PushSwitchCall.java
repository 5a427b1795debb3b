package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.DatacenterId;

/**
 * A meta to a meta of a peer: an operator here asks for something of your push switch. Carried out or refused at once, never kept
 * for later.
 *
 * @param from the datacenter in which the operator asked
 * @param call as the operator asked it; only paths of the push switch are taken
 */
public record PushSwitchCall(DatacenterId from, OperatorCall call) implements Request<OperatorAnswer> {}
