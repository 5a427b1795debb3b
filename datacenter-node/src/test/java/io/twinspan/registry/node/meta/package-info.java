/** Tests of the meta role, with the in-memory log and the contract that every log must keep. */
@NullMarked
package io.twinspan.registry.node.meta;

import org.jspecify.annotations.NullMarked;
