/**
 * HTTP of the node: one server that listens on the HTTP port of each enabled role, and the same shape of error for all of them.
 * The paths themselves stand with the role that answers them.
 */
@NullMarked
package io.twinspan.registry.node.http;

import org.jspecify.annotations.NullMarked;
