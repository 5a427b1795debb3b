/**
 * Time-bound promises. A lease table is pure: it is told the time, and says who has expired.
 */
@NullMarked
package io.twinspan.registry.lease;

import org.jspecify.annotations.NullMarked;
