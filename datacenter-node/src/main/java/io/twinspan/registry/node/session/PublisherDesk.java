package io.twinspan.registry.node.session;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.node.session.crowd.ClosingCrowd;
import io.twinspan.registry.node.session.crowd.CrowdSettings;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What clients publish and take back. The own table is the truth and is acknowledged; the slot leader is told afterwards. Nothing
 * is refused: whatever may be wrong with a request for the moment, to the client a refusal is for ever.
 */
final class PublisherDesk {
    private final SessionIncarnation session;
    private final ClientSessions sessions;
    private final PublisherTable table;
    private final ChangeSender sender;
    private final KeptRegistrations kept;
    private final KeptRegistrations away;
    private final ClosingCrowd crowd;
    private final SharedTexts texts = new SharedTexts();
    private final DisplacedEntries displaced = new DisplacedEntries();
    private final TakeBacks takeBacks;
    private final TakeBacks honoured;
    private final EventLoop loop;
    private final HybridClock clock;
    private final SessionMetrics metrics;

    PublisherDesk(SessionSelf self, ClientSessions sessions, ChangeSender sender, SessionContext context) {
        this.session = self.incarnation();
        this.sessions = sessions;
        this.table = sender.publishers();
        this.sender = sender;
        this.takeBacks = new TakeBacks(context.settings().mostTakenBack());
        this.honoured = new TakeBacks(context.settings().mostTakenBack());
        this.loop = context.loop();
        this.clock = context.clock();
        this.metrics = context.metrics();
        CrowdSettings crowds = context.settings().crowd();
        this.crowd = new ClosingCrowd(crowds);
        this.kept = new KeptRegistrations(context.loop(), crowds.keep(), this::onKeptLongEnough);
        this.away =
                new KeptRegistrations(context.loop(), context.settings().away().keep(), this::onKeptLongEnough);
        sender.onRegisteredElsewhere(this::letGo);
    }

    /** @param arrived reading of the clock when the request arrived */
    RegistrationAnswer on(ClientSession client, ClientRegistration request, Stamp arrived) {
        PublisherKey asked =
                new PublisherKey(table.shared(request.service()), RegistrationId.ofSofa(request.registId()));
        PublisherEntry known = table.find(asked).orElse(null);
        // The object that the table has, or every renewal would leave a second copy of the names behind.
        PublisherKey key = known == null ? asked : known.key();
        boolean isOurs =
                known != null && known.connection() == client.connection().number();
        boolean isOvertaken = known != null && request.clientVersion() < known.clientVersion();
        if (isOvertaken && (isOurs || request.isRegister())) {
            // By what the client sent after it, be it over another connection.
            return RegistrationAnswer.ACCEPTED;
        }
        RegistrationOrder order = new RegistrationOrder(request.clientVersion(), arrived);
        if (request.isRegister()) {
            OptionalLong over = takeBacks.after(client, key, request.clientVersion());
            if (over.isPresent()) {
                takeBack(client, key, new RegistrationOrder(over.getAsLong(), arrived));
            } else {
                register(client, key, request, order);
            }
        } else if (isOurs || (known != null && known.isInForce() && isKept(key))) {
            // Of a kept one the connection is gone, so the client is back on another.
            takeBack(client, key, order);
        } else if (known == null && honoured.isTakenBackBy(client, key, request.clientVersion())) {
            // Said once more: what was sent then may wait still, and this takes its place.
            takeBack(client, key, order);
        } else {
            metrics.takenBackElsewhere.increment();
            takeBacks.remember(client, key, request.clientVersion());
            if (known == null || isKept(key) || (known.isSuperseded() && !known.isOff())) {
                // What is listed is not ours, so it is the leader who knows whether its owner still lives.
                sender.postFresh(key, new DatumChange.Unregister(key.id(), order, owner(client), false));
            }
        }
        return RegistrationAnswer.ACCEPTED;
    }

    /**
     * The connection is gone: what it still owned goes, unless somebody else owns it by now. What a crowd registered goes later,
     * and so does what a client that was sent away has registered: whoever comes back meanwhile was never missing.
     */
    void onClosed(ClientSession client, RemovalCause ending) {
        ClosingCrowd.Verdict verdict = client.isLeaving()
                ? ClosingCrowd.Verdict.NOTHING
                : crowd.onClosed(loop.nanos(), sessions.count(), shares(client));
        RemovalCause cause = client.isLeaving() ? RemovalCause.CLOSED_BY_NODE : ending;
        long number = client.connection().number();
        for (PublisherKey key : client.publishers()) {
            boolean isKept = client.isLeaving() || verdict.keeps(key.service());
            table.find(key)
                    .filter(entry -> entry.connection() == number)
                    .ifPresent(entry -> close(client, entry, cause, isKept));
        }
        client.publishers().clear();
        displaced.onClosed(client);
    }

    /** Registrations of connections that are gone, which are still listed. */
    int kept() {
        return kept.count() + away.count();
    }

    /** Registrations in force. */
    int registrations() {
        return table.count();
    }

    /** Registrations of clients that were sent to another datacenter, which nobody has said to be listed there. */
    int awaited() {
        return away.count(this::isInForce);
    }

    /** Those of them that were sent no longer ago than this. */
    int awaited(Duration sentWithin) {
        return away.count(sentWithin, this::isInForce);
    }

    private boolean isInForce(PublisherKey key) {
        return table.find(key).filter(PublisherEntry::isInForce).isPresent();
    }

    /** Takes everything of a connection out, or back in. */
    void setOff(ClientSession client, boolean isOff) {
        for (PublisherKey key : client.publishers()) {
            PublisherEntry entry = table.find(key).orElse(null);
            if (entry == null || entry.isOff() == isOff) {
                continue;
            }
            if (isOff) {
                remove(entry, RemovalCause.CLIENT_OFF);
                table.put(entry.withOff(true));
            } else if (entry.isSuperseded()) {
                // Its client may be elsewhere; it is offered again like any other.
                table.put(entry.withOff(false));
            } else {
                putAgain(entry);
            }
        }
    }

    private List<ClosingCrowd.Share> shares(ClientSession client) {
        Map<DataInfoId, Integer> own = new HashMap<>();
        client.publishers().forEach(key -> own.merge(key.service(), 1, Integer::sum));
        List<ClosingCrowd.Share> shares = new ArrayList<>();
        own.forEach((service, count) -> shares.add(new ClosingCrowd.Share(
                service,
                count,
                Math.max(0, table.registrations(service) - kept.count(service) - away.count(service) - count))));
        return shares;
    }

    private void register(ClientSession client, PublisherKey key, ClientRegistration request, RegistrationOrder order) {
        table.find(key)
                .filter(before -> before.connection() != client.connection().number())
                .ifPresent(before -> sessions.find(before.connection()).ifPresent(other -> {
                    other.publishers().remove(key);
                    displaced.put(before, other);
                }));
        Publisher publisher = new Publisher(
                key.id(),
                order,
                owner(client),
                texts.shared(request.zone()),
                texts.shared(request.appName()),
                client.connection().remoteAddress(),
                request.addresses());
        table.put(new PublisherEntry(key, publisher, client.isOff(), false));
        letGo(key);
        client.publishers().add(key);
        if (!client.isOff()) {
            sender.postFresh(key, new DatumChange.Register(publisher));
        } else if (client.isOffByAddress()) {
            // It may be listed still for a connection that nobody can close any more: kept, in quarantine, of a session
            // that is gone.
            sender.postFresh(key, new DatumChange.Unregister(key.id(), order, owner(client), true));
        }
    }

    /** Its connection has registered it, so whatever was registered before under the same id goes, whoever has it by now. */
    private void takeBack(ClientSession client, PublisherKey key, RegistrationOrder order) {
        table.find(key)
                .flatMap(entry -> sessions.find(entry.connection()))
                .ifPresent(owner -> owner.publishers().remove(key));
        table.remove(key);
        letGo(key);
        displaced.forget(key);
        honoured.remember(client, key, order.clientVersion());
        sender.postFresh(key, new DatumChange.Unregister(key.id(), order, owner(client), true));
    }

    private void close(ClientSession client, PublisherEntry entry, RemovalCause cause, boolean isKept) {
        PublisherEntry earlier = displaced.takeInPlaceOf(entry).orElse(null);
        ClientSession owner =
                earlier == null ? null : sessions.find(earlier.connection()).orElse(null);
        if (earlier == null || owner == null) {
            if (takeBacks.isTakenBack(entry.key(), entry.clientVersion())) {
                endTakenBack(entry);
            } else if (client.isMovingAway() && entry.isInForce()) {
                sendAway(entry);
            } else if (isKept && entry.isInForce()) {
                kept.add(entry.key(), entry.publisher().owner(), cause);
                metrics.kept.increment();
                // So that the client may take it back elsewhere meanwhile.
                remove(entry, RemovalCause.MOVING);
            } else {
                drop(entry, cause);
            }
            return;
        }
        owner.publishers().add(entry.key());
        if (owner.isOff() || entry.isSuperseded()) {
            remove(entry, cause);
            table.put(earlier.withOff(owner.isOff()).withSuperseded(entry.isSuperseded()));
        } else {
            putAgain(earlier);
        }
    }

    /** The client goes to another datacenter: the leader keeps what it registered listed, whatever becomes of this session. */
    private void sendAway(PublisherEntry entry) {
        PublisherEntry moving = entry.moving(Math.max(1, clock.physicalMillis()));
        table.put(moving);
        away.add(entry.key(), entry.publisher().owner(), RemovalCause.NOT_OVER);
        metrics.sentAway.increment();
        sender.post(entry.key(), PendingChange.stale(new DatumChange.Register(moving.publisher())));
    }

    private boolean isKept(PublisherKey key) {
        return kept.contains(key) || away.contains(key);
    }

    private boolean letGo(PublisherKey key) {
        boolean wasKept = kept.forget(key);
        return away.forget(key) || wasKept;
    }

    private void onKeptLongEnough(PublisherKey key, Owner owner, RemovalCause cause) {
        table.find(key).filter(entry -> entry.publisher().owner().equals(owner)).ifPresent(entry -> drop(entry, cause));
    }

    private void drop(PublisherEntry entry, RemovalCause cause) {
        remove(entry, cause);
        table.remove(entry.key());
    }

    /**
     * Its client has taken it back over a later connection. So it is said now, under that number: a connection to another session that
     * seems to stand behind it must not have it in its place, since what ends there may be held.
     */
    private void endTakenBack(PublisherEntry entry) {
        table.remove(entry.key());
        if (!entry.isOff()) {
            RegistrationOrder order = new RegistrationOrder(takeBacks.latest(entry.key()), clock.next());
            sender.post(
                    entry.key(),
                    PendingChange.stale(new DatumChange.Unregister(
                            entry.key().id(), order, entry.publisher().owner(), false)));
        }
    }

    /** In force under a new stamp. */
    private void putAgain(PublisherEntry entry) {
        PublisherEntry later = entry.ordered(new RegistrationOrder(entry.clientVersion(), clock.next()));
        table.put(later);
        sender.postFresh(entry.key(), new DatumChange.Register(later.publisher()));
    }

    // Of a superseded one too: an offer of it may be under way.
    private void remove(PublisherEntry entry, RemovalCause cause) {
        if (!entry.isOff()) {
            sender.post(
                    entry.key(),
                    PendingChange.stale(new DatumChange.Remove(
                            entry.key().id(), entry.publisher().owner(), cause)));
        }
    }

    private Owner owner(ClientSession client) {
        return client.owner(session);
    }
}
