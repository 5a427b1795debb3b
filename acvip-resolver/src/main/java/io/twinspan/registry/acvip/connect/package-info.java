/**
 * Streams of official clients, forwarded: a client that connects to this machine is connected to a session that the resolver names, so
 * that a client that connects again is at the right one at once. {@link io.twinspan.registry.acvip.connect.SessionChoice} and {@link
 * io.twinspan.registry.acvip.connect.MovingOut} decide without sockets; {@link io.twinspan.registry.acvip.connect.Forwarder} moves
 * bytes on one thread, and {@link io.twinspan.registry.acvip.connect.KnownAddresses} looks names up on others. Invariant: what one
 * side does not read is not read from the other, so that a stream costs two buffers whatever happens.
 */
@NullMarked
package io.twinspan.registry.acvip.connect;

import org.jspecify.annotations.NullMarked;
