/**
 * The rules of the house as tests: which module and package may use which, who alone imports a third-party system, and what a
 * source file must look like. Each rule has a counterpart test that shows it can fail.
 */
@NullMarked
package io.twinspan.registry.it.architecture;

import org.jspecify.annotations.NullMarked;
