package io.twinspan.registry.ops.bench;

import com.alipay.remoting.Connection;
import com.alipay.sofa.registry.core.model.ReceivedData;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

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
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < Math.min(load.subscribers(), MOST_CONNECTIONS); i++) {
            connections.add(client.connect(place.subscribeAt()));
        }
        for (int i = 0; i < load.subscribers(); i++) {
            subscribe(connections.get(i % connections.size()), i, load);
        }
    }

    @Override
    public void publish(long number) {
        client.register(
                publishing,
                Messages.publisher(
                        dataId, dataId + ".publisher", number, Messages.value(number, bytes), clock.millis()));
    }

    @Override
    public void close() {
        client.close();
    }

    private void subscribe(Connection connection, int index, PushLoad load) {
        try {
            client.register(connection, Messages.subscriber(dataId, dataId + "." + index, load.scope(), clock.millis()))
                    .get();
        } catch (ExecutionException refused) {
            client.close();
            throw new BenchException(
                    "the subscription at " + connection.getRemoteAddress() + " failed", refused.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", interrupted);
        }
    }

    private void onPush(ReceivedData push) {
        Messages.numberOf(push)
                .ifPresent(number -> push.getSubscriberRegistIds()
                        .forEach(id -> listener.shown(Integer.parseInt(id.substring(dataId.length() + 1)), number)));
    }
}
