/**
 * The data role: slots as single-writer state machines, their datums, and the sessions that want to know of them. Everything
 * mutable belongs to the event loop of {@link io.twinspan.registry.node.data.DataRole}. Invariant: what a slot answers as
 * confirmed is never shorter because something restarted; what would take much of a service at once, for a cause that may be a
 * fault of ours, passes {@code QuarantineDesk} first. A slot is led here, in {@link io.twinspan.registry.node.data.LedSlot}, or
 * followed, in {@link io.twinspan.registry.node.data.FollowedSlot}; a leader brings its followers up to date, and takes in what
 * they hold when it begins. Other roles reach it only by messages; disks and peers through the
 * ports {@link io.twinspan.registry.node.data.SnapshotStore} and {@link io.twinspan.registry.sync.PeerSync}.
 */
@NullMarked
package io.twinspan.registry.node.data;

import org.jspecify.annotations.NullMarked;
