package io.twinspan.registry.node.bolt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The connections to one endpoint. Calls of one lane always take the same one, and so stay in their order. There may become more of
 * them, never fewer; what moves to another connection then is not the first lane, on which registrations travel.
 */
final class PeerLanes {
    private final Supplier<PeerLink> maker;
    private volatile List<PeerLink> links;
    private volatile boolean isHeld;

    /** @param maker of one more connection, not yet open */
    PeerLanes(Supplier<PeerLink> maker) {
        this.maker = maker;
        this.links = List.of(maker.get());
    }

    void send(PeerCall call, int lane) {
        List<PeerLink> now = links;
        now.get(Math.floorMod(lane, now.size())).send(call);
    }

    /** A call of this lane has timed out. */
    void onTimeOut(int lane) {
        List<PeerLink> now = links;
        now.get(Math.floorMod(lane, now.size())).onTimeOut();
    }

    /** Keeps this many connections open from now on, whether anybody calls or not, as long as it is said again and again. */
    void hold(int connections) {
        grow(connections);
        isHeld = true;
        // An endpoint that does not answer must not occupy those who make connections more than once a time.
        PeerLink first = links.get(0);
        if (first.isConnected()) {
            links.forEach(PeerLink::hold);
        } else {
            first.hold();
        }
    }

    /** It need not be kept open any more; what is open stays so. */
    void release() {
        isHeld = false;
    }

    /** True when the endpoint can be forgotten: nobody keeps it, and nothing leads there. */
    boolean isUnused() {
        return !isHeld && links.stream().allMatch(PeerLink::isUnused);
    }

    int connected() {
        return (int) links.stream().filter(PeerLink::isConnected).count();
    }

    void close() {
        links.forEach(PeerLink::close);
    }

    private synchronized void grow(int connections) {
        List<PeerLink> more = new ArrayList<>(links);
        while (more.size() < connections) {
            more.add(maker.get());
        }
        links = List.copyOf(more);
    }
}
