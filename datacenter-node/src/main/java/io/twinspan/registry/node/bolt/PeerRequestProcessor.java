package io.twinspan.registry.node.bolt;

import com.alipay.remoting.AsyncContext;
import com.alipay.remoting.BizContext;
import com.alipay.remoting.rpc.protocol.AsyncUserProcessor;
import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.node.wire.IncomingRequest;
import io.twinspan.registry.node.wire.MalformedMessageException;
import io.twinspan.registry.node.wire.MessageCodec;
import io.twinspan.registry.runtime.FaultHandler;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.runtime.RequestDispatcher;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Hands the requests of one port to its dispatcher: decode, merge the clock, dispatch, answer, all on the connection's IO thread,
 * so that requests stay in the order in which they were sent.
 */
final class PeerRequestProcessor extends AsyncUserProcessor<PeerFrame> {
    private final RequestDispatcher dispatcher;
    private final HybridClock clock;
    private final FaultHandler faults;
    private final int frameLimit;
    private final PeersPresent present;
    private final LongAdder failures;

    /** @param failures counts the calls that are answered by a failure */
    PeerRequestProcessor(
            RequestDispatcher dispatcher,
            HybridClock clock,
            FaultHandler faults,
            int frameLimit,
            PeersPresent present,
            LongAdder failures) {
        this.dispatcher = dispatcher;
        this.clock = clock;
        this.faults = faults;
        this.frameLimit = frameLimit;
        this.present = present;
        this.failures = failures;
    }

    @Override
    public String interest() {
        return PeerFrame.class.getName();
    }

    @Override
    public boolean processInIOThread() {
        return true;
    }

    @Override
    public boolean timeoutDiscard() {
        return false;
    }

    @Override
    public void handleRequest(BizContext business, AsyncContext answers, PeerFrame frame) {
        IncomingRequest incoming;
        try {
            incoming = MessageCodec.decodeRequest(frame.bytes());
        } catch (MalformedMessageException malformed) {
            answers.sendResponse(failure(PeerException.line(malformed)));
            return;
        }
        clock.merge(incoming.clock());
        present.onCall(business.getConnection().getChannel(), incoming.caller());
        dispatcher
                .dispatch(incoming.request(), incoming.caller())
                .whenComplete((answer, failure) -> answers.sendResponse(answer(incoming, answer, failure)));
    }

    private PeerFrame answer(IncomingRequest incoming, @Nullable Object answer, @Nullable Throwable failure) {
        if (failure != null) {
            Throwable cause = PeerException.unwrap(failure);
            if (!(cause instanceof PeerException)) {
                faults.onFault(cause);
            }
            return failure(PeerException.line(cause));
        }
        String name = incoming.request().getClass().getSimpleName();
        if (answer == null) {
            return failure("no answer was given to " + name);
        }
        byte[] bytes = MessageCodec.encodeAnswer(clock.next(), answer);
        return bytes.length <= frameLimit - PeerFrame.class.getName().length()
                ? new PeerFrame(bytes)
                : failure("the answer to " + name + " has " + bytes.length + " bytes, more than the " + frameLimit
                        + " allowed");
    }

    private PeerFrame failure(String line) {
        failures.increment();
        return new PeerFrame(MessageCodec.encodeFailure(clock.next(), line));
    }
}
