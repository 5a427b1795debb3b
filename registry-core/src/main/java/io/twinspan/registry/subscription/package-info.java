/**
 * What is asked for: subscribers with their scope, and the pure rule that decides which datacenters' segments one of them
 * is shown.
 */
@NullMarked
package io.twinspan.registry.subscription;

import org.jspecify.annotations.NullMarked;
