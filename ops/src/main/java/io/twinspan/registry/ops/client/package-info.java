/**
 * The official SOFARegistry client as the command line uses it: reach a session, publish, subscribe, and see lists of
 * addresses come in. Whether a session answers at all is asked over HTTP first, because the official client retries silently
 * for ever. Commands, demo and load tool may call; nothing here prints.
 */
@NullMarked
package io.twinspan.registry.ops.client;

import org.jspecify.annotations.NullMarked;
