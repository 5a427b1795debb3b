/**
 * A few real nodes over loopback: processes, sockets, disks, a broker and official clients, for what only they can show.
 */
@NullMarked
package io.twinspan.registry.it.cluster;

import org.jspecify.annotations.NullMarked;
