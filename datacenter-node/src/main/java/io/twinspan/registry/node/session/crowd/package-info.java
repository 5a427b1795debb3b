/**
 * Many clients at once: which closings are a crowd, whose registrations therefore stay listed for a while, and how many clients a
 * session sends elsewhere in a second when it drains or holds more than its share. Everything here decides and does nothing; the
 * session's event loop owns it and acts on it. Invariant: no client is sent away twice while it is remembered.
 */
@NullMarked
package io.twinspan.registry.node.session.crowd;

import org.jspecify.annotations.NullMarked;
