package io.twinspan.registry.node.bolt;

import com.alipay.remoting.BizContext;
import com.alipay.remoting.rpc.protocol.SyncUserProcessor;
import com.alipay.sofa.registry.core.model.SyncConfigRequest;
import com.alipay.sofa.registry.core.model.SyncConfigResponse;
import java.time.Duration;

/**
 * Answers what clients ask every half minute. No segments are named: a list would hide from the client every datacenter that is
 * not on it, also those that it is pushed.
 */
final class SyncConfigProcessor extends SyncUserProcessor<SyncConfigRequest> {
    private final int intervalMillis;

    SyncConfigProcessor(Duration interval) {
        this.intervalMillis = (int) interval.toMillis();
    }

    @Override
    public String interest() {
        return SyncConfigRequest.class.getName();
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
    public Object handleRequest(BizContext business, SyncConfigRequest request) {
        SyncConfigResponse response = new SyncConfigResponse();
        response.setSuccess(true);
        response.setRetryInterval(intervalMillis);
        return response;
    }
}
