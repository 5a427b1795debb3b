package io.twinspan.registry.sync.announce;

/**
 * The way announcements travel between datacenters. Port; nothing here blocks, whatever the state of the way.
 *
 * <p>What was offered before is delivered to every peer that starts later, in the order of its slot, at least once.
 */
public interface AnnouncementChannel extends AutoCloseable {
    /** Begins to deliver the peers' announcements from the first that is kept. Called once. */
    void start(AnnouncementListener listener);

    /**
     * Hands over an announcement of the own datacenter.
     *
     * @return false when the queue is full: nothing was taken, and {@link AnnouncementListener#onRoom} follows
     */
    boolean offer(Changed announcement);

    /** Sends what was taken as far as that is possible at once, and delivers nothing more. */
    @Override
    void close();
}
