/**
 * The requests that roles send one another, one record a message. This package is the wire contract: a role may be in the
 * same process or on another machine and cannot tell. Records are validated when they are made, so a handler never sees a
 * malformed one.
 */
@NullMarked
package io.twinspan.registry.message;

import org.jspecify.annotations.NullMarked;
