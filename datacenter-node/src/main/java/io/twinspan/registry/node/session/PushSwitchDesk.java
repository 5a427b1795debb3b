package io.twinspan.registry.node.session;

import io.twinspan.registry.message.PushBacklog;
import io.twinspan.registry.node.session.push.Pusher;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.pushswitch.PushSwitch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Obeys the push switch: takes newer ones, ends closings whose time is over, and says which version is obeyed. Belongs to the
 * session's event loop, but for {@link #obeyed} and {@link #isClosed}.
 */
final class PushSwitchDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PushSwitchDesk.class);

    private final Pusher pusher;
    private final SessionContext context;
    private PushSwitch inForce = PushSwitch.OPEN;
    private boolean isAwaited;
    private volatile PushSwitch known = PushSwitch.OPEN;

    PushSwitchDesk(Pusher pusher, SessionContext context) {
        this.pusher = pusher;
        this.context = context;
    }

    /** Nobody has said whether push is closed. First lists wait a while for somebody who does, and then go out with an alarm. */
    void await() {
        isAwaited = true;
        pusher.awaitSwitch();
        context.loop().schedule(context.settings().push().switchWithin(), () -> {
            if (isAwaited) {
                LOG.warn(
                        "nobody has said within {} whether push is closed, neither the disk nor a meta: it is open now",
                        context.settings().push().switchWithin());
                context.metrics().openedUnknown.increment();
                isAwaited = false;
                pusher.onSwitch(inForce);
            }
        });
    }

    /** A switch that meta or the disk has named. One older than what is known changes nothing. */
    void on(PushSwitch named) {
        if (named.version() < known.version()) {
            return;
        }
        obey(named, named.inForce(now()));
        known = named;
    }

    /** Closings may have ended by themselves. */
    void onTime() {
        PushSwitch left = known.inForce(now());
        if (!left.isSameAs(inForce)) {
            obey(known, left);
        }
    }

    /** Version of the switch that is obeyed: no push starts any more that it does not let out. Any thread. */
    long obeyed() {
        return known.version();
    }

    /** True while push is closed for the datacenter as a whole. Any thread. */
    boolean isClosed() {
        return known.wholePosition(now()) == PushPosition.CLOSED;
    }

    PushBacklog backlog() {
        return pusher.backlog(known.version());
    }

    private void obey(PushSwitch named, PushSwitch next) {
        if (!isAwaited && next.isSameAs(inForce)) {
            return;
        }
        LOG.info(
                "push switch obeyed version={} from={} to={} closings={}",
                named.version(),
                inForce.wholePosition(now()).word(),
                next.wholePosition(now()).word(),
                next.tokens().size());
        isAwaited = false;
        inForce = next;
        pusher.onSwitch(next);
    }

    private long now() {
        return context.clock().physicalMillis();
    }
}
