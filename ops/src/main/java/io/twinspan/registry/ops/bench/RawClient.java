package io.twinspan.registry.ops.bench;

import com.alipay.remoting.BizContext;
import com.alipay.remoting.Connection;
import com.alipay.remoting.ConnectionEventType;
import com.alipay.remoting.InvokeCallback;
import com.alipay.remoting.exception.RemotingException;
import com.alipay.remoting.rpc.RpcClient;
import com.alipay.remoting.rpc.protocol.SyncUserProcessor;
import com.alipay.sofa.registry.core.model.BaseRegister;
import com.alipay.sofa.registry.core.model.ReceivedData;
import com.alipay.sofa.registry.core.model.RegisterResponse;
import com.alipay.sofa.registry.core.model.Result;
import io.twinspan.registry.datacenter.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Bolt connections that send the official client's messages without its threads, checks and waits. */
final class RawClient implements AutoCloseable {
    static final int TIMEOUT_MILLIS = 5_000;

    private static final int CONNECT_MILLIS = 3_000;

    private final RpcClient client = new RpcClient();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    /** @param onPush takes every push to any connection, on Bolt's threads */
    RawClient(Consumer<ReceivedData> onPush) {
        client.registerUserProcessor(new SyncUserProcessor<ReceivedData>() {
            @Override
            public Object handleRequest(BizContext context, ReceivedData push) {
                onPush.accept(push);
                return Result.success();
            }

            @Override
            public String interest() {
                return ReceivedData.class.getName();
            }

            // Bolt's pool takes 600 requests and drops what comes beyond, which would count against the server.
            @Override
            public boolean processInIOThread() {
                return true;
            }
        });
        client.startup();
    }

    /** @param onClose takes every connection that has ended, on a thread of Bolt's */
    RawClient(Consumer<ReceivedData> onPush, Consumer<Connection> onClose) {
        this(onPush);
        client.addConnectionEventProcessor(ConnectionEventType.CLOSE, (address, connection) -> {
            connections.remove(connection);
            onClose.accept(connection);
        });
    }

    /** @throws BenchException when the connection is not made within 3 s */
    Connection connect(Endpoint bolt) {
        try {
            Connection connection = client.createStandaloneConnection(bolt.host(), bolt.port(), CONNECT_MILLIS);
            connections.add(connection);
            return connection;
        } catch (RemotingException failed) {
            throw new BenchException("no Bolt connection to " + bolt + ": " + failed.getMessage(), failed);
        }
    }

    /** The same, and empty when nobody takes it. */
    Optional<Connection> tryConnect(Endpoint bolt) {
        try {
            return Optional.of(connect(bolt));
        } catch (BenchException away) {
            return Optional.empty();
        }
    }

    /** Connections of which {@code index % size} carries what has that index. */
    List<Connection> connect(Endpoint bolt, int count) {
        List<Connection> several = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            several.add(connect(bolt));
        }
        return several;
    }

    /**
     * Subscribes and waits for the answer.
     *
     * @throws BenchException when it is refused
     */
    void subscribe(Connection connection, BaseRegister message) {
        try {
            register(connection, message).get();
        } catch (ExecutionException refused) {
            throw new BenchException(
                    "the subscription at " + connection.getRemoteAddress() + " failed", refused.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", interrupted);
        }
    }

    /** The answer; fails when none comes within 5 s or when it does not accept the very version that was sent. */
    CompletableFuture<RegisterResponse> register(Connection connection, BaseRegister message) {
        CompletableFuture<RegisterResponse> answer = new CompletableFuture<>();
        try {
            client.invokeWithCallback(connection, message, new Answer(answer, message.getVersion()), TIMEOUT_MILLIS);
        } catch (RemotingException failed) {
            answer.completeExceptionally(failed);
        }
        return answer;
    }

    @Override
    public void close() {
        connections.forEach(client::closeStandaloneConnection);
        client.shutdown();
    }

    /** Runs on the connection's own thread: handing over to another would be measured too. */
    private record Answer(CompletableFuture<RegisterResponse> answer, long version) implements InvokeCallback {
        @Override
        public void onResponse(Object result) {
            if (result instanceof RegisterResponse response
                    && response.isSuccess()
                    && response.getVersion() == version) {
                answer.complete(response);
            } else {
                answer.completeExceptionally(new BenchException("not accepted: " + result, null));
            }
        }

        @Override
        public void onException(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        @Override
        public @Nullable Executor getExecutor() {
            return null;
        }
    }
}
