package io.twinspan.registry.node.session.http;

import io.twinspan.registry.runtime.EventLoop;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events on one response, written without ever blocking: what does not fit the socket waits, the newest of each key only.
 * Belongs to the event loop given; the container's calls are handed over to it.
 */
final class EventStream implements EventSink, WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final EventLoop loop;
    private final Runnable onGone;
    private final Map<String, byte[]> pending = new LinkedHashMap<>();
    private boolean hasBegun;
    private boolean hasEnded;
    private boolean isStuck;
    private boolean isFlushDue;
    private long stuckNanos;

    /** @param onGone told, on any thread, when the reader has gone */
    EventStream(AsyncContext context, ServletOutputStream out, EventLoop loop, Runnable onGone) {
        this.context = context;
        this.out = out;
        this.loop = loop;
        this.onGone = onGone;
    }

    @Override
    public void offer(String key, String event, String data) {
        pending.remove(key);
        pending.put(key, ("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        write();
    }

    @Override
    public Duration stuckFor() {
        return isStuck && !pending.isEmpty() ? Duration.ofNanos(loop.nanos() - stuckNanos) : Duration.ZERO;
    }

    @Override
    public void end() {
        if (!hasEnded) {
            hasEnded = true;
            pending.clear();
            try {
                context.complete();
            } catch (IllegalStateException overAlready) {
                LOG.debug("a stream was over before it was ended", overAlready);
            }
        }
    }

    @Override
    public void onWritePossible() {
        loop.execute(() -> {
            hasBegun = true;
            write();
        });
    }

    @Override
    public void onError(Throwable broken) {
        onGone.run();
    }

    private void write() {
        if (!hasBegun || hasEnded) {
            return;
        }
        try {
            Iterator<byte[]> next = pending.values().iterator();
            while (isReady() && next.hasNext()) {
                out.write(next.next());
                next.remove();
                isFlushDue = true;
            }
            if (isFlushDue && !isStuck) {
                isFlushDue = false;
                out.flush();
            }
        } catch (IOException | IllegalStateException gone) {
            onGone.run();
        }
    }

    private boolean isReady() {
        boolean isReady = out.isReady();
        if (!isReady && !isStuck) {
            stuckNanos = loop.nanos();
        }
        isStuck = !isReady;
        return isReady;
    }
}
