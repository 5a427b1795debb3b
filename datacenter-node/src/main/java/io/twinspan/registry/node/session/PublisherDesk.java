package io.twinspan.registry.node.session;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.node.session.crowd.ClosingCrowd;
import io.twinspan.registry.node.session.crowd.CrowdSettings;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What clients publish and take back. The own table is the truth and is acknowledged; the slot leader is told afterwards. Only
 * what this session knows nothing of is the leader's to decide.
 */
final class PublisherDesk {
    private final SessionIncarnation session;
    private final ClientSessions sessions;
    private final PublisherTable table;
    private final ChangeSender sender;
    private final KeptRegistrations kept;
    private final ClosingCrowd crowd;
    private final SharedTexts texts = new SharedTexts();
    private final EventLoop loop;
    private final HybridClock clock;
    private final Duration decisionWait;
    private final SessionMetrics metrics;

    PublisherDesk(SessionSelf self, ClientSessions sessions, ChangeSender sender, SessionContext context) {
        this.session = self.incarnation();
        this.sessions = sessions;
        this.table = sender.publishers();
        this.sender = sender;
        this.loop = context.loop();
        this.clock = context.clock();
        this.decisionWait = context.settings().decisionWait();
        this.metrics = context.metrics();
        CrowdSettings crowds = context.settings().crowd();
        this.crowd = new ClosingCrowd(crowds);
        this.kept = new KeptRegistrations(context.loop(), crowds.keep(), this::onKeptLongEnough);
    }

    /** @param arrived reading of the clock when the request arrived */
    CompletionStage<RegistrationAnswer> on(ClientSession client, ClientRegistration request, Stamp arrived) {
        PublisherKey asked =
                new PublisherKey(table.shared(request.service()), RegistrationId.ofSofa(request.registId()));
        PublisherEntry known = table.find(asked).orElse(null);
        // The object that the table has, or every renewal would leave a second copy of the names behind.
        PublisherKey key = known == null ? asked : known.key();
        boolean isOurs =
                known != null && known.connection() == client.connection().number();
        if (known != null && isOurs && request.clientVersion() < known.requestVersion()) {
            // A copy that was overtaken by what the client sent after it.
            return CompletableFuture.completedFuture(RegistrationAnswer.ACCEPTED);
        }
        if (request.isRegister()) {
            register(client, key, request, arrived);
            return CompletableFuture.completedFuture(RegistrationAnswer.ACCEPTED);
        }
        if (known == null) {
            return unregisterElsewhere(client, key, request, arrived);
        }
        if (kept.contains(key)) {
            return unregisterKept(client, known, request, arrived);
        }
        if (!isOurs) {
            metrics.refused.increment();
            return CompletableFuture.completedFuture(RegistrationAnswer.refused("registration " + request.registId()
                    + " of " + request.service() + " belongs to another connection, so it stays"));
        }
        client.publishers().remove(key);
        table.remove(key);
        if (!known.isOff()) {
            sender.post(key, PendingChange.fresh(unregister(client, key, request, arrived), loop.nanos()));
        }
        return CompletableFuture.completedFuture(RegistrationAnswer.ACCEPTED);
    }

    /**
     * The connection is gone: what it still owned goes, unless somebody else owns it by now. What a crowd registered goes later,
     * and so does what a client that was sent away has registered: whoever comes back meanwhile was never missing.
     */
    void onClosed(ClientSession client) {
        ClosingCrowd.Verdict verdict = client.isLeaving()
                ? ClosingCrowd.Verdict.NOTHING
                : crowd.onClosed(loop.nanos(), sessions.count(), shares(client));
        for (PublisherKey key : client.publishers()) {
            PublisherEntry entry = table.find(key).orElse(null);
            if (entry == null) {
                continue;
            }
            if (entry.isInForce() && (client.isLeaving() || verdict.keeps(key.service()))) {
                kept.add(key, entry.publisher().owner());
                metrics.kept.increment();
            } else {
                remove(key, entry);
                table.remove(key);
            }
        }
        client.publishers().clear();
    }

    /** Registrations of connections that are gone, which are still listed. */
    int kept() {
        return kept.count();
    }

    private List<ClosingCrowd.Share> shares(ClientSession client) {
        Map<DataInfoId, Integer> own = new HashMap<>();
        client.publishers().forEach(key -> own.merge(key.service(), 1, Integer::sum));
        List<ClosingCrowd.Share> shares = new ArrayList<>();
        own.forEach((service, count) -> shares.add(new ClosingCrowd.Share(
                service, count, Math.max(0, table.registrations(service) - kept.count(service) - count))));
        return shares;
    }

    private void onKeptLongEnough(PublisherKey key, Owner owner) {
        table.find(key).filter(entry -> entry.publisher().owner().equals(owner)).ifPresent(entry -> {
            remove(key, entry);
            table.remove(key);
        });
    }

    /** Its own connection is gone, so the client is back on another; it may have been to another session in between. */
    private CompletionStage<RegistrationAnswer> unregisterKept(
            ClientSession client, PublisherEntry known, ClientRegistration request, Stamp arrived) {
        PublisherKey key = known.key();
        kept.forget(key);
        table.remove(key);
        if (!known.isInForce()) {
            return unregisterElsewhere(client, key, request, arrived);
        }
        RegistrationOrder order = new RegistrationOrder(request.clientVersion(), arrived);
        Owner owner = known.publisher().owner();
        sender.post(key, PendingChange.fresh(new DatumChange.Unregister(key.id(), order, owner, false), loop.nanos()));
        return CompletableFuture.completedFuture(RegistrationAnswer.ACCEPTED);
    }

    /** Takes everything of a connection out, or back in. */
    void setOff(ClientSession client, boolean isOff) {
        for (PublisherKey key : client.publishers()) {
            PublisherEntry entry = table.find(key).orElse(null);
            if (entry == null || entry.isOff() == isOff) {
                continue;
            }
            if (isOff) {
                remove(key, entry);
                table.put(entry.off());
            } else {
                RegistrationOrder order =
                        new RegistrationOrder(entry.publisher().order().clientVersion(), clock.next());
                table.put(entry.ordered(order));
                sender.post(
                        key,
                        PendingChange.fresh(
                                new DatumChange.Register(entry.ordered(order).publisher()), loop.nanos()));
            }
        }
    }

    private void register(ClientSession client, PublisherKey key, ClientRegistration request, Stamp arrived) {
        table.find(key)
                .flatMap(before -> sessions.find(before.connection()))
                .ifPresent(before -> before.publishers().remove(key));
        Publisher publisher = new Publisher(
                key.id(),
                new RegistrationOrder(request.clientVersion(), arrived),
                owner(client),
                texts.shared(request.zone()),
                texts.shared(request.appName()),
                client.connection().remoteAddress(),
                request.addresses());
        table.put(new PublisherEntry(key, publisher, request.clientVersion(), client.isOff(), false));
        kept.forget(key);
        client.publishers().add(key);
        if (!client.isOff()) {
            sender.post(key, PendingChange.fresh(new DatumChange.Register(publisher), loop.nanos()));
        }
    }

    private CompletionStage<RegistrationAnswer> unregisterElsewhere(
            ClientSession client, PublisherKey key, ClientRegistration request, Stamp arrived) {
        CompletableFuture<ChangeOutcome> decision = new CompletableFuture<>();
        sender.post(key, new PendingChange(unregister(client, key, request, arrived), true, loop.nanos(), 0, decision));
        CompletableFuture<RegistrationAnswer> answer = decision.thenApply(outcome -> {
            if (outcome != ChangeOutcome.NOT_OWNER) {
                return RegistrationAnswer.ACCEPTED;
            }
            metrics.refused.increment();
            return RegistrationAnswer.refused("registration " + request.registId() + " of " + request.service()
                    + " belongs to a client of another session, so it stays");
        });
        // A client that hears nothing sends again for ever; the leader decides all the same.
        loop.schedule(decisionWait, () -> answer.complete(RegistrationAnswer.ACCEPTED));
        return answer;
    }

    private DatumChange.Unregister unregister(
            ClientSession client, PublisherKey key, ClientRegistration request, Stamp arrived) {
        return new DatumChange.Unregister(
                key.id(), new RegistrationOrder(request.clientVersion(), arrived), owner(client), false);
    }

    private void remove(PublisherKey key, PublisherEntry entry) {
        if (entry.isInForce()) {
            sender.post(
                    key,
                    PendingChange.stale(
                            new DatumChange.Remove(key.id(), entry.publisher().owner())));
        }
    }

    private Owner owner(ClientSession client) {
        return client.owner(session);
    }
}
