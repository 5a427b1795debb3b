package io.twinspan.registry.sync.announce;

/**
 * What has been read of a peer since the start.
 *
 * @param changed entries that were news
 * @param repeated announcements at or below the place reached
 * @param refused announcements of another datacenter, or of one with another number of slots, and versions too far in the future
 * @param poisoned records that were no announcements
 * @param newer records of a later format
 * @param installed slots installed whole
 * @param pulls slots asked for
 */
public record TableCounts(
        long changed, long repeated, long refused, long poisoned, long newer, long installed, long pulls) {}
