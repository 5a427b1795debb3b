/**
 * Announcements: what a datacenter tells its peers of its own datums, versions only and never an address. Each slot has an order of
 * its own: {@link io.twinspan.registry.sync.announce.AnnouncementPublisher} goes on in it by one with every step,
 * {@link io.twinspan.registry.sync.announce.PeerTable} applies only what comes next and asks for everything else, so what the way
 * loses, repeats, reorders or spoils costs a pull and never a wrong answer. Equal roots at an equal place prove that both sides hold
 * the same. All of it is plain state of the one event loop of {@link io.twinspan.registry.sync.CrossDatacenterSync}; how
 * announcements travel is behind {@link io.twinspan.registry.sync.announce.AnnouncementChannel}.
 */
@NullMarked
package io.twinspan.registry.sync.announce;

import org.jspecify.annotations.NullMarked;
