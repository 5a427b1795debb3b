package io.twinspan.registry.node.session;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.SessionIncarnation;
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
    private final SharedTexts texts = new SharedTexts();
    private final DisplacedEntries displaced = new DisplacedEntries();
    private final TakeBacks takeBacks;
    private final HybridClock clock;
    private final SessionMetrics metrics;

    PublisherDesk(SessionSelf self, ClientSessions sessions, ChangeSender sender, SessionContext context) {
        this.session = self.incarnation();
        this.sessions = sessions;
        this.table = sender.publishers();
        this.sender = sender;
        this.takeBacks = new TakeBacks(context.settings().mostTakenBack());
        this.clock = context.clock();
        this.metrics = context.metrics();
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
        } else if (isOurs) {
            takeBack(client, key, order);
        } else {
            metrics.takenBackElsewhere.increment();
            takeBacks.remember(client, key, request.clientVersion());
            if (known == null) {
                // Not registered here, so it is the leader who knows whether its owner still lives.
                sender.postFresh(key, new DatumChange.Unregister(key.id(), order, owner(client), false));
            }
        }
        return RegistrationAnswer.ACCEPTED;
    }

    /** The connection is gone: what it still owned goes, unless somebody else owns it by now. */
    void onClosed(ClientSession client) {
        long number = client.connection().number();
        for (PublisherKey key : client.publishers()) {
            table.find(key).filter(entry -> entry.connection() == number).ifPresent(this::close);
        }
        client.publishers().clear();
        displaced.onClosed(client);
    }

    /** Takes everything of a connection out, or back in. */
    void setOff(ClientSession client, boolean isOff) {
        for (PublisherKey key : client.publishers()) {
            PublisherEntry entry = table.find(key).orElse(null);
            if (entry == null || entry.isOff() == isOff) {
                continue;
            }
            if (isOff) {
                remove(entry);
                table.put(entry.withOff(true));
            } else if (entry.isSuperseded()) {
                // Its client may be elsewhere; it is offered again like any other.
                table.put(entry.withOff(false));
            } else {
                putAgain(entry);
            }
        }
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
        client.publishers().add(key);
        if (!client.isOff()) {
            sender.postFresh(key, new DatumChange.Register(publisher));
        }
    }

    /** Its connection has registered it, so whatever was registered before under the same id goes, whoever has it by now. */
    private void takeBack(ClientSession client, PublisherKey key, RegistrationOrder order) {
        table.find(key)
                .flatMap(entry -> sessions.find(entry.connection()))
                .ifPresent(owner -> owner.publishers().remove(key));
        table.remove(key);
        displaced.forget(key);
        sender.postFresh(key, new DatumChange.Unregister(key.id(), order, owner(client), true));
    }

    private void close(PublisherEntry entry) {
        PublisherEntry earlier = displaced.takeInPlaceOf(entry).orElse(null);
        ClientSession owner =
                earlier == null ? null : sessions.find(earlier.connection()).orElse(null);
        if (earlier == null || owner == null) {
            remove(entry);
            table.remove(entry.key());
            return;
        }
        owner.publishers().add(entry.key());
        if (owner.isOff() || entry.isSuperseded()) {
            remove(entry);
            table.put(earlier.withOff(owner.isOff()).withSuperseded(entry.isSuperseded()));
        } else {
            putAgain(earlier);
        }
    }

    /** In force under a new stamp. */
    private void putAgain(PublisherEntry entry) {
        PublisherEntry later = entry.ordered(new RegistrationOrder(entry.clientVersion(), clock.next()));
        table.put(later);
        sender.postFresh(entry.key(), new DatumChange.Register(later.publisher()));
    }

    // Of a superseded one too: an offer of it may be under way.
    private void remove(PublisherEntry entry) {
        if (!entry.isOff()) {
            sender.post(
                    entry.key(),
                    PendingChange.stale(new DatumChange.Remove(
                            entry.key().id(), entry.publisher().owner())));
        }
    }

    private Owner owner(ClientSession client) {
        return client.owner(session);
    }
}
