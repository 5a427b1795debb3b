package io.twinspan.registry.ops.bench;

import com.alipay.remoting.Connection;
import com.alipay.sofa.registry.core.model.PublisherRegister;
import com.alipay.sofa.registry.core.model.ReceivedData;
import io.twinspan.registry.subscription.Scope;
import java.time.InstantSource;
import java.util.List;

/** Raw Bolt: no client threads between the wire and the clock. */
final class RawPushLine implements PushLine {
    /** Subscribers beyond this share connections, as those of one application do. */
    private static final int MOST_CONNECTIONS = 200;

    private final RawClient client;
    private final Connection publishing;
    private final String dataId;
    private final int bytes;
    private final InstantSource clock;
    private final Listener listener;

    RawPushLine(PushPlace place, PushLoad load, InstantSource clock, Listener listener) {
        this.dataId = place.dataId();
        this.bytes = load.bytes();
        this.clock = clock;
        this.listener = listener;
        this.client = new RawClient(this::onPush);
        this.publishing = client.connect(place.publishAt());
        List<Connection> connections =
                client.connect(place.subscribeAt(), Math.min(load.subscribers(), MOST_CONNECTIONS));
        for (int i = 0; i < load.subscribers(); i++) {
            subscribe(connections.get(i % connections.size()), i, load.scope());
        }
    }

    @Override
    public void publish(long number) {
        PublisherRegister change = Messages.publisher(
                dataId, dataId + ".publisher", number, Messages.value(number, bytes), clock.millis());
        client.register(publishing, change).whenComplete((answer, failure) -> {
            if (failure != null) {
                listener.refused();
            }
        });
    }

    @Override
    public void close() {
        client.close();
    }

    private void subscribe(Connection connection, int index, Scope scope) {
        try {
            client.subscribe(connection, Messages.subscriber(dataId, dataId + "." + index, scope, clock.millis()));
        } catch (BenchException refused) {
            client.close();
            throw refused;
        }
    }

    private void onPush(ReceivedData push) {
        Messages.numberOf(push)
                .ifPresent(number -> push.getSubscriberRegistIds()
                        .forEach(id -> listener.shown(Integer.parseInt(id.substring(dataId.length() + 1)), number)));
    }
}
