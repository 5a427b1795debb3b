package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.ops.client.OfficialClient;
import io.twinspan.registry.ops.client.ShownList;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the addresses of a service. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the addresses an application would be shown for a service, one a line, and exits.",
            "Exit code 3 when there are none."
        })
final class GetCommand implements Callable<Integer> {
    /** Segments of several datacenters come one after the other; this long after the last the list counts as whole. */
    private static final Duration QUIET = Duration.ofMillis(250);

    private static final int KEPT_PUSHES = 1_000;

    private final Surroundings surroundings;

    @Mixin
    private ServerOption options = new ServerOption();

    @Mixin
    private ScopeOption scope = new ScopeOption();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description =
                    "how long to wait for a first address before saying that there is none; default ${DEFAULT-VALUE}")
    private int waitSeconds;

    @Parameters(
            index = "0",
            paramLabel = "SERVICE",
            description = "name of the service, for example com.example.Greeting")
    private String name = "";

    GetCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        DataInfoId service = options.service(name);
        BlockingQueue<ShownList> pushes = new LinkedBlockingQueue<>(KEPT_PUSHES);
        OfficialClient client = OfficialClient.connect(options.server());
        client.subscribe(service, scope.scope(), pushes::offer);
        ShownList list = settled(pushes);
        if (list == null) {
            surroundings
                    .err()
                    .println("twinspan: session " + client.bolt() + " has sent no list for " + name + " within "
                            + waitSeconds + " s. Is " + client.bolt() + " reachable from here, and is pushing open?");
            return ExitCodes.FAILED;
        }
        if (list.isEmpty()) {
            surroundings
                    .err()
                    .println("twinspan: no address of " + name + " (scope "
                            + scope.scope().wireName() + ", session "
                            + client.bolt() + "). Publish one with 'twinspan publish " + name
                            + " ADDRESS', or look with"
                            + " another --scope, --group or --server.");
            return ExitCodes.NOTHING_THERE;
        }
        list.addresses().forEach(surroundings::say);
        return ExitCodes.OK;
    }

    private @Nullable ShownList settled(BlockingQueue<ShownList> pushes) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
        ShownList last = null;
        while (true) {
            boolean hasSome = last != null && !last.isEmpty();
            long patience = hasSome ? QUIET.toNanos() : deadline - System.nanoTime();
            ShownList next = pushes.poll(patience, TimeUnit.NANOSECONDS);
            if (next == null) {
                return last;
            }
            last = next;
        }
    }
}
