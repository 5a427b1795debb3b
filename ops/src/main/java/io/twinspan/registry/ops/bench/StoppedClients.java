package io.twinspan.registry.ops.bench;

import com.alipay.remoting.Connection;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.client.QuietLibraries;
import io.twinspan.registry.subscription.Scope;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Subscribers, each on a connection of its own, in a process that is stopped by SIGSTOP: their sockets stay open, and nothing that is
 * sent to them is read any more.
 */
public final class StoppedClients implements AutoCloseable {
    private static final int ARGUMENTS = 3;
    private static final int PATIENCE_SECONDS = 30;

    private final ChildProcess process;

    private StoppedClients(ChildProcess process) {
        this.process = process;
    }

    /**
     * Returns when all have been shown a first list and then been stopped.
     *
     * @throws BenchException when they do not come up, or cannot be stopped on this system
     */
    static StoppedClients start(Endpoint bolt, String dataId, int count) {
        ChildProcess process = ChildProcess.start(
                "the process of the clients to be stopped",
                StoppedClients.class,
                List.of(bolt.toString(), dataId, Integer.toString(count)));
        try {
            Process kill = new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() == 0) {
                return new StoppedClients(process);
            }
            process.close();
            throw new BenchException("kill -STOP failed", null);
        } catch (IOException failed) {
            process.close();
            throw new BenchException("processes cannot be stopped here: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            process.close();
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", interrupted);
        }
    }

    /** The process: subscribes and says so, and lives until it is stopped, or who started it is gone. */
    public static void main(String[] args) throws IOException, InterruptedException {
        QuietLibraries.quieten();
        if (args.length != ARGUMENTS) {
            throw new IllegalArgumentException("ENDPOINT SERVICE COUNT");
        }
        subscribe(Endpoint.parse(args[0]), args[1], Integer.parseInt(args[2]));
        ChildProcess.ready(Integer.parseInt(args[2]));
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }

    private static void subscribe(Endpoint bolt, String dataId, int count) throws InterruptedException {
        CountDownLatch shown = new CountDownLatch(count);
        // Open until the process ends.
        RawClient client = new RawClient(push -> shown.countDown());
        List<Connection> connections = client.connect(bolt, count);
        for (int i = 0; i < count; i++) {
            client.subscribe(
                    connections.get(i),
                    Messages.subscriber(
                            dataId,
                            dataId + ".stopped." + ProcessHandle.current().pid() + "." + i,
                            Scope.DATACENTER,
                            InstantSource.system().millis()));
        }
        if (!shown.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new BenchException(shown.getCount() + " of " + count + " clients were shown no list", null);
        }
    }
}
