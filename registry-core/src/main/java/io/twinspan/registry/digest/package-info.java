/**
 * What is told of content without the content: the digest entry of a datum, what many of them come to at one place in the order of
 * a slot's announcements, and a finer entry that replicas compare. A digest never contains an address.
 */
@NullMarked
package io.twinspan.registry.digest;

import org.jspecify.annotations.NullMarked;
