/**
 * What is told of content without the content: the digest entry of a datum. A digest never contains an address.
 */
@NullMarked
package io.twinspan.registry.digest;

import org.jspecify.annotations.NullMarked;
