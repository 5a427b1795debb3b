package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datum.DataInfoId;
import java.time.Duration;
import java.util.List;

/** One publisher object of a client, and what may rightly be expected of it. */
final class Publication {
    private static final long NEVER = Long.MAX_VALUE;

    /** A notice, a question and its answer, and a push, in slow weather. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(500);

    private final LiteralClient client;
    private final DataInfoId service;
    private final String registId;
    private long version = 1;
    private long saidVersion;
    private boolean isWanted = true;
    private boolean isAcknowledged;
    private long protectedSince = NEVER;
    private long acknowledgedNanos = NEVER;
    private long changedNanos;
    private long blurredNanos = NEVER;
    private boolean hasMoved;

    Publication(LiteralClient client, DataInfoId service, String registId, long nowNanos) {
        this.client = client;
        this.service = service;
        this.registId = registId;
        this.changedNanos = nowNanos;
    }

    LiteralClient client() {
        return client;
    }

    DataInfoId service() {
        return service;
    }

    String registId() {
        return registId;
    }

    long version() {
        return version;
    }

    boolean isWanted() {
        return isWanted && !client.isStopped();
    }

    boolean isAcknowledged() {
        return isAcknowledged;
    }

    /** Each version of a publisher offers an address of its own, so that a list tells which it shows. */
    String address() {
        return registId + "/" + version;
    }

    List<String> addresses() {
        return List.of(address());
    }

    /** True for an address that this publisher offers or has ever offered. */
    boolean offered(String address) {
        return address.startsWith(registId + "/");
    }

    /** False for an address that this publisher has replaced, and a session has acknowledged that; what no session heard replaces nothing. */
    boolean isLastSaid(String address) {
        return offered(address) && Long.parseLong(address.substring(registId.length() + 1)) >= saidVersion;
    }

    void republish(long nowNanos) {
        version++;
        isAcknowledged = false;
        protectedSince = NEVER;
        changedNanos = nowNanos;
    }

    void unregister(long nowNanos) {
        isWanted = false;
        version++;
        isAcknowledged = false;
        protectedSince = NEVER;
        changedNanos = nowNanos;
    }

    /** Offers again after it was taken back. */
    void comeBack(long nowNanos) {
        isWanted = true;
        republish(nowNanos);
    }

    /** Since when nobody should be shown it any more; the end of time while it is offered, or its session may not know yet. */
    long goneNanos() {
        if (client.isStopped()) {
            return 0;
        }
        return isWanted || !isAcknowledged ? NEVER : acknowledgedNanos;
    }

    /** When it was acknowledged as it is now, over the connection it has now; the end of time when it is not. */
    long acknowledgedNanos() {
        return isAcknowledged ? acknowledgedNanos : NEVER;
    }

    /**
     * The session has it; it was asked at that time, over a connection that has been there since.
     *
     * @param isCalm false while faults may keep the session from telling the data node: until it has, what the client left behind
     *     at another session may be all there is in the lists, and go with the end of that. See {@link #onCalm}
     */
    void onAcknowledged(long sentNanos, long nowNanos, boolean isCalm) {
        isAcknowledged = true;
        saidVersion = version;
        acknowledgedNanos = nowNanos;
        if (!isWanted) {
            protectedSince = NEVER;
        } else if (isCalm || !hasMoved) {
            protectedSince = Math.min(protectedSince, sentNanos);
        }
    }

    /** Nothing has been broken for a while: the data nodes have heard of whatever was acknowledged. */
    void onCalm(long nowNanos) {
        if (isAcknowledged && isWanted()) {
            protectedSince = Math.min(protectedSince, nowNanos);
        }
    }

    /** The connection has ended; whether its own client ended it decides what others may see. */
    void onConnectionLost(boolean isServersFault, long nowNanos) {
        if (!isWanted && isAcknowledged) {
            // Taken back and done: the client's library has forgotten it.
            return;
        }
        isAcknowledged = false;
        if (!isServersFault) {
            protectedSince = NEVER;
            changedNanos = nowNanos;
            hasMoved = true;
        }
    }

    /** Its session has died, and may not have told anybody of it. */
    void onWordLost() {
        protectedSince = NEVER;
        hasMoved = true;
    }

    /** A crash may have lost what happened to it last. */
    void blur(long nowNanos) {
        blurredNanos = Math.min(blurredNanos, nowNanos);
    }

    /** Since when it may be that what happened to it last is lost; the end of time when it is not. */
    long blurredNanos() {
        return blurredNanos;
    }

    long changedNanos() {
        return changedNanos;
    }

    /**
     * True when a list that has had this address since then must not lose it now. Of a client that left by itself and has come back a
     * list without it may still be on its way.
     */
    boolean isProtected(String address, long hadSinceNanos, long nowNanos) {
        return isWanted()
                && address.equals(address())
                && hadSinceNanos >= protectedSince
                && (!hasMoved || nowNanos - acknowledgedNanos >= ON_ITS_WAY.toNanos());
    }
}
