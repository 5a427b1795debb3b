/**
 * What every implementation of a port must do, as tests. An adapter's own test implements the kit's interface and gives it a
 * fixture; a promise that is not kept by all of them is not in the kit.
 */
@NullMarked
package io.twinspan.registry.contract;

import org.jspecify.annotations.NullMarked;
