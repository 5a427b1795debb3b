package io.twinspan.registry.node.bolt;

import com.alipay.remoting.InvokeCallback;
import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.node.wire.IncomingAnswer;
import io.twinspan.registry.node.wire.MalformedMessageException;
import io.twinspan.registry.node.wire.MessageCodec;
import io.twinspan.registry.runtime.PeerException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One call on its way: what is sent, and how its answer, failure or silence ends. */
final class PeerCall implements InvokeCallback {
    private static final Duration BOLT_SLACK = Duration.ofSeconds(1);

    private final Endpoint to;
    private final String name;
    private final PeerFrame frame;
    private final Duration timeout;
    private final HybridClock clock;
    private final CompletableFuture<Object> result = new CompletableFuture<>();

    PeerCall(Endpoint to, String name, byte[] bytes, Duration timeout, HybridClock clock) {
        this.to = to;
        this.name = name;
        this.frame = new PeerFrame(bytes);
        this.timeout = timeout;
        this.clock = clock;
    }

    PeerFrame frame() {
        return frame;
    }

    CompletableFuture<Object> result() {
        return result;
    }

    Duration timeout() {
        return timeout;
    }

    /** When Bolt forgets the call by itself, in milliseconds: after our own timer has ended it. */
    int forgottenAfterMillis() {
        return (int) Math.min(Integer.MAX_VALUE, timeout.plus(BOLT_SLACK).toMillis());
    }

    void timeOut() {
        result.completeExceptionally(PeerException.timedOut(name, to, timeout));
    }

    void fail(String why) {
        result.completeExceptionally(new PeerException(name + " to " + to + " failed: " + why));
    }

    @Override
    public void onResponse(Object response) {
        if (!(response instanceof PeerFrame answer)) {
            fail("the answer is not of this protocol");
            return;
        }
        try {
            IncomingAnswer incoming = MessageCodec.decodeAnswer(answer.bytes());
            clock.merge(incoming.clock());
            Object value = incoming.answer();
            if (value == null) {
                result.completeExceptionally(PeerException.failedThere(name, to, incoming.failure()));
            } else {
                result.complete(value);
            }
        } catch (MalformedMessageException malformed) {
            fail(PeerException.line(malformed));
        }
    }

    @Override
    public void onException(Throwable failure) {
        fail(PeerException.line(failure));
    }

    /** Null: on the pool thread that took the answer from the network, without another hop. */
    @Override
    public @Nullable Executor getExecutor() {
        return null;
    }
}
