/**
 * Announcements: what a datacenter tells its peers of its own datums, versions only and never an address. The publisher merges
 * and numbers them, the inbox keeps the newest that a peer has said; both are plain state of the one event loop of
 * {@link io.twinspan.registry.sync.CrossDatacenterSync}. An announcement is taken once and in the order of its slot, so a topic
 * that is read twice changes nothing. How announcements travel is behind
 * {@link io.twinspan.registry.sync.announce.AnnouncementChannel}.
 */
@NullMarked
package io.twinspan.registry.sync.announce;

import org.jspecify.annotations.NullMarked;
