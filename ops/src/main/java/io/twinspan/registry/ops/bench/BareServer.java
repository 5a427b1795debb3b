package io.twinspan.registry.ops.bench;

import com.alipay.remoting.BizContext;
import com.alipay.remoting.Connection;
import com.alipay.remoting.InvokeCallback;
import com.alipay.remoting.exception.RemotingException;
import com.alipay.remoting.rpc.RpcServer;
import com.alipay.remoting.rpc.protocol.SyncUserProcessor;
import com.alipay.sofa.registry.core.model.BaseRegister;
import com.alipay.sofa.registry.core.model.DataBox;
import com.alipay.sofa.registry.core.model.PublisherRegister;
import com.alipay.sofa.registry.core.model.ReceivedData;
import com.alipay.sofa.registry.core.model.RegisterResponse;
import com.alipay.sofa.registry.core.model.SubscriberRegister;
import io.twinspan.registry.ops.client.QuietLibraries;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a registry is compared with. As an echo it answers registrations and forgets them; as a naive registry it keeps one map in
 * memory and pushes a service's values at once to whoever subscribed. It is right in nothing else, and has no bound: it lives
 * as long as one measurement.
 */
public final class BareServer implements AutoCloseable {
    static final String REGISTRY = "registry";
    static final String ECHO = "echo";

    private static final int PUSH_TIMEOUT_MILLIS = 5_000;
    private static final String HOST = "127.0.0.1";

    private final boolean isRegistry;
    private final int port;
    private final RpcServer server;
    private final Map<String, Map<String, List<DataBox>>> values = new ConcurrentHashMap<>();
    private final Map<String, Queue<Subscription>> subscriptions = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();

    private BareServer(boolean isRegistry, int port) {
        this.isRegistry = isRegistry;
        this.port = port;
        this.server = new RpcServer(HOST, port, true);
        server.registerUserProcessor(new Registrations<>(PublisherRegister.class, this::onPublisher));
        server.registerUserProcessor(new Registrations<>(SubscriberRegister.class, this::onSubscriber));
    }

    /** A process of its own: says its port in one line, and ends when whoever started it is gone. */
    public static void main(String[] args) throws IOException {
        QuietLibraries.quieten();
        ChildProcess.ready(start(args.length == 1 && args[0].equals(REGISTRY)).port);
    }

    /** @param isRegistry a naive registry; otherwise an echo */
    static BareServer start(boolean isRegistry) {
        BareServer server = new BareServer(isRegistry, freePort());
        server.server.startup();
        return server;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        server.shutdown();
    }

    private void onPublisher(Connection connection, PublisherRegister register) {
        if (isRegistry) {
            values.computeIfAbsent(register.getDataId(), unused -> new ConcurrentHashMap<>())
                    .put(register.getRegistId(), register.getDataList());
            subscriptions
                    .getOrDefault(register.getDataId(), new ConcurrentLinkedQueue<>())
                    .forEach(this::push);
        }
    }

    private void onSubscriber(Connection connection, SubscriberRegister register) {
        if (isRegistry) {
            Subscription subscription = new Subscription(connection, register);
            subscriptions
                    .computeIfAbsent(register.getDataId(), unused -> new ConcurrentLinkedQueue<>())
                    .add(subscription);
            push(subscription);
        }
    }

    private void push(Subscription subscription) {
        SubscriberRegister to = subscription.register();
        List<DataBox> boxes = new ArrayList<>();
        values.getOrDefault(to.getDataId(), Map.of()).values().forEach(boxes::addAll);
        ReceivedData push = new ReceivedData(
                to.getDataId(),
                to.getGroup(),
                to.getInstanceId(),
                "bare",
                List.of(to.getRegistId()),
                Map.of("DEFAULT_ZONE", boxes),
                versions.incrementAndGet());
        push.setLocalZone("DEFAULT_ZONE");
        push.setScope(to.getScope());
        try {
            server.invokeWithCallback(subscription.connection(), push, new Unheard(), PUSH_TIMEOUT_MILLIS);
        } catch (RemotingException gone) {
            subscriptions
                    .getOrDefault(to.getDataId(), new ConcurrentLinkedQueue<>())
                    .remove(subscription);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new BenchException("no free port for the bare server: " + failed.getMessage(), failed);
        }
    }

    private record Subscription(Connection connection, SubscriberRegister register) {}

    /** What is done with a registration before it is answered. */
    private interface Step<T> {
        void take(Connection connection, T register);
    }

    private static final class Registrations<T extends BaseRegister> extends SyncUserProcessor<T> {
        private final Class<T> type;
        private final Step<T> step;

        Registrations(Class<T> type, Step<T> step) {
            this.type = type;
            this.step = step;
        }

        @Override
        public Object handleRequest(BizContext context, T register) {
            step.take(context.getConnection(), register);
            RegisterResponse response = new RegisterResponse();
            response.setSuccess(true);
            response.setRegistId(register.getRegistId());
            response.setVersion(register.getVersion());
            return response;
        }

        @Override
        public String interest() {
            return type.getName();
        }
    }

    private static final class Unheard implements InvokeCallback {
        @Override
        public void onResponse(Object result) {
            // A naive registry does not care.
        }

        @Override
        public void onException(Throwable failure) {
            // A naive registry does not care.
        }

        @Override
        public @Nullable Executor getExecutor() {
            return null;
        }
    }
}
