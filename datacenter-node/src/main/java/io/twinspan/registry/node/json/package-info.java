/** Reading the JSON that operators and other datacenters send, strictly: what is misspelt is refused by name. */
@NullMarked
package io.twinspan.registry.node.json;

import org.jspecify.annotations.NullMarked;
