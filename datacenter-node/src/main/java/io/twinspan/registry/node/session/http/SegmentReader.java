package io.twinspan.registry.node.session.http;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.node.session.ClientConnection;
import io.twinspan.registry.node.session.ClientRegistration;
import io.twinspan.registry.node.session.ClientRequests;
import io.twinspan.registry.node.session.ConfigPush;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.runtime.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One subscriber of one service that shows what an official client would: of each segment what came under the highest number.
 * Everything but the connection's own methods belongs to the event loop given.
 */
final class SegmentReader {
    private static final CompletionStage<Boolean> TAKEN = CompletableFuture.completedFuture(true);

    private final Wish wish;
    private final ClientRequests session;
    private final EventLoop loop;
    private final Consumer<DatacenterId> onSegment;
    private final Runnable onClosed;
    private final Connection connection;
    private final Map<DatacenterId, SegmentPush> shown = new TreeMap<>();
    private boolean isClosed;

    /**
     * @param number of its connection
     * @param onSegment told of each segment that is another one now
     * @param onClosed told when the session sends it away
     */
    SegmentReader(
            long number,
            Wish wish,
            ClientRequests session,
            EventLoop loop,
            Consumer<DatacenterId> onSegment,
            Runnable onClosed) {
        this.wish = wish;
        this.session = session;
        this.loop = loop;
        this.onSegment = onSegment;
        this.onClosed = onClosed;
        this.connection = new Connection(number);
    }

    void open() {
        session.onConnected(connection);
        session.onRegistration(
                connection,
                new ClientRegistration(
                        ClientRegistration.Kind.SUBSCRIBER,
                        wish.service(),
                        "http" + connection.number(),
                        true,
                        1,
                        "",
                        "",
                        wish.scope(),
                        List.of()));
    }

    /** What is shown now, by datacenter; a datacenter that is not named is not known yet. */
    Map<DatacenterId, SegmentPush> shown() {
        return shown;
    }

    Wish wish() {
        return wish;
    }

    void close() {
        if (!isClosed) {
            isClosed = true;
            session.onDisconnected(connection);
        }
    }

    private void take(SegmentPush push) {
        SegmentPush before = shown.get(push.segment());
        if (!isClosed && (before == null || push.wireVersion() > before.wireVersion())) {
            shown.put(push.segment(), push);
            onSegment.accept(push.segment());
        }
    }

    /** As the session knows it. */
    private final class Connection implements ClientConnection {
        private final long number;

        Connection(long number) {
            this.number = number;
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public String remoteAddress() {
            return wish.remoteAddress();
        }

        @Override
        public CompletionStage<Boolean> push(SegmentPush push) {
            // Not before it is taken: what comes meanwhile waits at the session, the newest in place of the others.
            CompletableFuture<Boolean> taken = new CompletableFuture<>();
            loop.execute(() -> {
                try {
                    take(push);
                } finally {
                    taken.complete(true);
                }
            });
            return taken;
        }

        @Override
        public CompletionStage<Boolean> pushConfig(ConfigPush push) {
            return TAKEN;
        }

        @Override
        public void close() {
            loop.execute(() -> {
                if (!isClosed) {
                    onClosed.run();
                }
            });
        }
    }
}
