package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.Endpoint;
import java.util.List;

/** A {@link BareServer} in a process of its own, so that its processor time can be told from the load's. */
final class BareProcess implements AutoCloseable {
    private final ChildProcess process;

    private BareProcess(ChildProcess process) {
        this.process = process;
    }

    /** @throws BenchException when it does not come up */
    static BareProcess start(boolean isRegistry) {
        return new BareProcess(ChildProcess.start(
                "the bare server", BareServer.class, List.of(isRegistry ? BareServer.REGISTRY : BareServer.ECHO)));
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", process.number());
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }
}
