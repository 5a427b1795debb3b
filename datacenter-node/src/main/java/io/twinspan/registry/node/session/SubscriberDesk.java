package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.session.push.ConfigPusher;
import io.twinspan.registry.node.session.push.Pusher;
import io.twinspan.registry.subscription.Subscriber;
import java.util.HashSet;
import java.util.Set;

/** What clients subscribe to and watch. */
final class SubscriberDesk {
    private final Pusher pusher;
    private final ConfigPusher configs;
    private final Subscriptions subscriptions;
    private final SessionMetrics metrics;
    private final SubscriberTable subscribers = new SubscriberTable();
    private final SubscriberTable watchers = new SubscriberTable();

    SubscriberDesk(Pusher pusher, ConfigPusher configs, Subscriptions subscriptions, SessionMetrics metrics) {
        this.pusher = pusher;
        this.configs = configs;
        this.subscriptions = subscriptions;
        this.metrics = metrics;
    }

    RegistrationAnswer onSubscriber(ClientSession client, ClientRegistration request) {
        DataInfoId service = request.service();
        long number = client.connection().number();
        long before = subscribers.find(service, request.registId()).orElse(number);
        if (!request.isRegister()) {
            if (before != number) {
                return takenBackElsewhere();
            }
            subscribers.remove(service, request.registId());
            pusher.unsubscribe(number, service, request.registId());
            subscriptions.onDeparture(Set.of(service));
            return RegistrationAnswer.ACCEPTED;
        }
        Subscriber subscriber = new Subscriber(request.registId(), service, request.scope());
        subscribers.put(service, request.registId(), number);
        // First here, then away from there: a service without subscribers would be forgotten in between.
        subscriptions.onArrival(pusher.subscribe(client.connection(), subscriber));
        if (before != number) {
            pusher.unsubscribe(before, service, request.registId());
        }
        return RegistrationAnswer.ACCEPTED;
    }

    RegistrationAnswer onWatcher(ClientSession client, ClientRegistration request) {
        DataInfoId service = request.service();
        long number = client.connection().number();
        long before = watchers.find(service, request.registId()).orElse(number);
        if (!request.isRegister()) {
            if (before != number) {
                return takenBackElsewhere();
            }
            watchers.remove(service, request.registId());
            configs.unwatch(number, service, request.registId());
            return RegistrationAnswer.ACCEPTED;
        }
        watchers.put(service, request.registId(), number);
        if (before != number) {
            configs.unwatch(before, service, request.registId());
        }
        client.watched().add(service);
        configs.watch(client.connection(), service, request.registId());
        return RegistrationAnswer.ACCEPTED;
    }

    /** The connection is gone. */
    void onClosed(ClientSession client) {
        long number = client.connection().number();
        Set<DataInfoId> left = new HashSet<>();
        for (Subscriber each : pusher.subscribers(number)) {
            left.add(each.service());
            subscribers
                    .find(each.service(), each.registId())
                    .filter(last -> last == number)
                    .ifPresent(last -> subscribers.remove(each.service(), each.registId()));
        }
        pusher.close(number);
        subscriptions.onDeparture(left);
        for (DataInfoId id : client.watched()) {
            configs.watchers(number, id).forEach(registId -> watchers.remove(id, registId));
        }
        configs.close(number, client.watched());
    }

    /** It stays until the connection that asked for it closes; see {@link TakeBacks} for why this is no refusal. */
    private RegistrationAnswer takenBackElsewhere() {
        metrics.takenBackElsewhere.increment();
        return RegistrationAnswer.ACCEPTED;
    }
}
