package io.twinspan.registry.node.session;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
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

    /** The connection is gone: what it still owned goes, unless somebody else owns it by now. */
    void onClosed(ClientSession client, RemovalCause cause) {
        for (PublisherKey key : client.publishers()) {
            table.find(key).ifPresent(entry -> remove(key, entry, cause));
            table.remove(key);
        }
        client.publishers().clear();
    }

    /** Takes everything of a connection out, or back in. */
    void setOff(ClientSession client, boolean isOff) {
        for (PublisherKey key : client.publishers()) {
            PublisherEntry entry = table.find(key).orElse(null);
            if (entry == null || entry.isOff() == isOff) {
                continue;
            }
            if (isOff) {
                remove(key, entry, RemovalCause.CLIENT_OFF);
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

    private void remove(PublisherKey key, PublisherEntry entry, RemovalCause cause) {
        if (entry.isInForce()) {
            sender.post(
                    key,
                    PendingChange.stale(
                            new DatumChange.Remove(key.id(), entry.publisher().owner(), cause)));
        }
    }

    private Owner owner(ClientSession client) {
        return client.owner(session);
    }
}
