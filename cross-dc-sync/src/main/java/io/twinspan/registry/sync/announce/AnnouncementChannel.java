package io.twinspan.registry.sync.announce;

/**
 * The way announcements travel between datacenters, and questions about them. Port; nothing here blocks, whatever the state of
 * the way.
 *
 * <p>What a node offers is delivered to every peer that reads by then, in the order offered, at least once. What was offered before
 * is not: whoever begins to read is told so by {@link AnnouncementListener#onInDoubt} and asks. Nothing relies on any of this being
 * kept: what is lost, repeated or out of order costs a pull.
 */
public interface AnnouncementChannel extends AutoCloseable {
    /** Begins to deliver what is said from now on. Called once. */
    void start(AnnouncementListener listener);

    /**
     * Hands over an announcement of the own datacenter.
     *
     * @return false when the queue is full: nothing was taken, and {@link AnnouncementListener#onRoom} follows
     */
    boolean offer(Announcement announcement);

    /**
     * Hands over a question to a peer.
     *
     * @return false when it was not taken; nothing follows
     */
    boolean ask(Pull pull);

    /** Sends what was taken as far as that is possible at once, and delivers nothing more. */
    @Override
    void close();
}
