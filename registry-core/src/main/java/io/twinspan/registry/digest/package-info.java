/**
 * What is told of content without the content: the digest entry of a datum, and a finer one that replicas compare. A digest never
 * contains an address.
 */
@NullMarked
package io.twinspan.registry.digest;

import org.jspecify.annotations.NullMarked;
