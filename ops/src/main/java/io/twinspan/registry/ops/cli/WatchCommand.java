package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.ops.client.OfficialClient;
import io.twinspan.registry.ops.client.ShownList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the changes of a service. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what an application would be shown for a service, and every change of it, until Ctrl-C.",
            "'+' is an address that came, '-' one that went."
        })
final class WatchCommand implements Callable<Integer> {
    private static final int WAITING_PUSHES = 1_000;

    private final Surroundings surroundings;

    @Mixin
    private ServerOption options = new ServerOption();

    @Mixin
    private ScopeOption scope = new ScopeOption();

    @Parameters(
            index = "0",
            paramLabel = "SERVICE",
            description = "name of the service, for example com.example.Greeting")
    private String name = "";

    WatchCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        DataInfoId service = options.service(name);
        BlockingQueue<ShownList> pushes = new LinkedBlockingQueue<>(WAITING_PUSHES);
        OfficialClient client = OfficialClient.connect(options.server());
        client.subscribe(service, scope.scope(), pushes::offer);
        surroundings.say(surroundings.time() + "  watching " + name + " (scope "
                + scope.scope().wireName() + ", session " + client.bolt() + "). Ctrl-C ends it.");
        ShownList shown = ShownList.EMPTY;
        boolean isFirst = true;
        while (true) {
            ShownList next = pushes.take();
            if (isFirst || !next.equals(shown)) {
                print(shown, next);
            }
            shown = next;
            isFirst = false;
        }
    }

    private void print(ShownList before, ShownList now) {
        surroundings.say(surroundings.time() + "  " + now.addresses().size() + " address"
                + (now.addresses().size() == 1 ? "" : "es"));
        before.without(now).forEach(gone -> surroundings.say("  - " + gone));
        now.without(before).forEach(come -> surroundings.say("  + " + come));
    }
}
