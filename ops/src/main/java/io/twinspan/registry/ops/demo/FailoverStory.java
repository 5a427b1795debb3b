package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.ops.client.MetaClient;
import io.twinspan.registry.ops.client.OfficialClient;
import io.twinspan.registry.ops.client.RunWatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays build-up, failover, loss and failback under an application that goes on calling, and explains each step. It begins with
 * whichever datacenter is active, so that it can be played again on what it left.
 */
final class FailoverStory {
    /** What the story needs of the demo it is played in. */
    interface Stage {
        /** Kills the processes of a datacenter without a word to them. */
        void kill(Site site);

        /** Starts them again and waits until they are well. */
        void start(Site site);
    }

    private static final DataInfoId SERVICE = DataInfoId.of("com.example.Orders");
    private static final List<String> PROVIDERS =
            List.of("bolt://127.0.0.1:12300?app=orders", "bolt://127.0.0.1:12301?app=orders");
    private static final String NEWCOMER = "bolt://127.0.0.1:12302?app=orders";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String STATUS = "/federation/v1/status";
    private static final String FAILOVER = "/failover/v1/";

    private final Layout layout;
    private final Stage stage;
    private final Consumer<String> say;
    private final String command;

    /** @param command how the user calls the command line */
    FailoverStory(Layout layout, Stage stage, Consumer<String> say, String command) {
        this.layout = layout;
        this.stage = stage;
        this.say = say;
        this.command = command;
    }

    /** @throws DemoFailedException naming the step that did not come about */
    void perform() {
        Site home = buildUp();
        Site other = home.name().equals(Layout.EAST) ? layout.west() : layout.east();
        CallingApplication caller = populate(home);

        title("2. A planned failover, from " + home.name() + " to " + other.name());
        explain(
                "Removals are held back on both sides, each side fetches everything of the other, and only then the next epoch is",
                "committed: the point of no return. Then sessions of the " + home.name()
                        + " send their clients over, each one when it has been",
                "given the other side's sessions; official clients ask for them every 30 s.");
        move(other, home, caller);

        title("3. The " + other.name() + " is lost");
        caller.beginToCount();
        stage.kill(other);
        explain("Its processes were killed. The application goes on calling on the list that it has.");
        MetaClient.Answer refused = run(home, false);
        explain("Without --force a failover to the " + home.name() + " is refused:", "  " + refused.message());
        long began = System.nanoTime();
        finish(home, run(home, true));
        explain("With --force it was done after " + seconds(began)
                + ": nobody has to be moved, the epoch alone is committed.");
        OfficialClient.connect(session(home)).publish(SERVICE, NEWCOMER);
        await(() -> caller.isShown(NEWCOMER), "the application that lost its session is not shown " + NEWCOMER);
        explain(
                "The application has found a session of the " + home.name()
                        + " again, and was shown a provider that came up since, " + seconds(began)
                        + " after the command.",
                tellLists(caller));

        title("4. The " + other.name() + " comes back");
        stage.start(other);
        await(
                () -> status(other).path("duty").asString("").equals("DOWN"),
                "the " + other.name() + " has not learnt that it is down");
        explain("It has learnt of the decision and takes nothing back by itself: " + line(other));
        await(() -> standIn(home, other), "the " + other.name() + " may not stand by");
        explain("'" + command + " standby in --dc " + other.name() + "', accepted once it was in sync: " + line(other));

        title("5. Failback, from " + home.name() + " to " + other.name());
        move(other, home, caller);
        say.accept("");
        say.accept("Look around, in another terminal");
        String meta = " --server " + layout.west().first(NodePort.META_HTTP);
        say.accept("  " + command + " federation status" + meta);
        say.accept("  " + command + " failover status --to " + other.name() + meta);
        say.accept("  " + command + " failover plan --to " + home.name() + meta);
    }

    private Site buildUp() {
        title("1. Build-up");
        if (status(layout.east()).path("epoch").isNull()) {
            explain("Nobody is on duty yet: each datacenter answers its own clients. The first decision, '" + command
                    + " federation init --active east':");
            done(
                    meta(layout.east()).post("/federation/v1/init", json(Map.of("active", Layout.EAST))),
                    "the first decision");
        }
        await(
                () -> !active().isEmpty()
                        && status(layout.west())
                                .path("epoch")
                                .equals(status(layout.east()).path("epoch")),
                "the datacenters do not agree on who is active");
        Site home = active().equals(Layout.EAST) ? layout.east() : layout.west();
        explain("Both datacenters say: " + line(home));
        return home;
    }

    private CallingApplication populate(Site home) {
        PROVIDERS.forEach(provider -> OfficialClient.connect(session(home)).publish(SERVICE, provider));
        CallingApplication caller = CallingApplication.at(session(home), SERVICE);
        await(
                () -> PROVIDERS.stream().allMatch(caller::isShown),
                "an application of the " + home.name() + " is not shown " + PROVIDERS);
        caller.beginToCount();
        explain("Three applications of the " + home.name() + " on the official client: two that provide "
                + SERVICE.dataId() + ", and one that calls it and is shown both.");
        return caller;
    }

    private void move(Site to, Site from, CallingApplication caller) {
        // Nodes are healthy before all of their slots have settled, and whoever plans a failover waits for that.
        await(
                () -> meta(to).ask(FAILOVER + "plan?to=" + to.name()).path("go").asBoolean(false),
                "the plan of a failover to the " + to.name() + " does not say GO");
        caller.beginToCount();
        long began = System.nanoTime();
        finish(to, run(to, false));
        await(
                () -> status(from).path("duty").asString("").equals("STANDBY"),
                "the " + from.name() + " does not stand by");
        explain("Done after " + seconds(began) + ". " + line(to), tellLists(caller));
    }

    private MetaClient.Answer run(Site to, boolean isForced) {
        say.accept("   '" + command + " failover run --to " + to.name() + (isForced ? " --force'" : "'"));
        return meta(to).post(FAILOVER + "run", json(Map.of("to", to.name(), "force", isForced, "rehearse", false)));
    }

    private void finish(Site to, MetaClient.Answer begun) {
        done(begun, "the failover to the " + to.name());
        String run = begun.json().path("runs").path(0).path("run").asString("");
        String state = new RunWatch(
                        meta(to), FAILOVER + "status?to=" + to.name(), run, note -> say.accept("     " + note))
                .watch();
        if (!state.equals("DONE")) {
            throw new DemoFailedException("the failover to the " + to.name() + " is not done but '" + state + "'");
        }
    }

    private boolean standIn(Site at, Site which) {
        return meta(at).post("/federation/v1/standby", json(Map.of("datacenter", which.name(), "position", "in")))
                .isDone();
    }

    private String tellLists(CallingApplication caller) {
        return "Meanwhile the calling application was shown " + caller.lists() + " lists; the shortest had "
                + caller.fewest() + " of the service's addresses.";
    }

    private String active() {
        for (Map.Entry<String, JsonNode> each :
                status(layout.east()).path("duties").properties()) {
            if (each.getValue().asString("").equals("ACTIVE")) {
                return each.getKey();
            }
        }
        return "";
    }

    private String line(Site site) {
        return status(site).path("line").asString("");
    }

    private JsonNode status(Site site) {
        return meta(site).ask(STATUS);
    }

    private static MetaClient meta(Site site) {
        return new MetaClient(site.first(NodePort.META_HTTP));
    }

    private static Endpoint session(Site site) {
        return site.first(NodePort.SESSION_HTTP);
    }

    private static void done(MetaClient.Answer answer, String what) {
        if (!answer.isDone()) {
            throw new DemoFailedException(what + " was refused: " + answer.message());
        }
    }

    private static void await(BooleanSupplier condition, String otherwise) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || Thread.interrupted()) {
                throw new DemoFailedException(otherwise + " within " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private void title(String text) {
        say.accept("");
        say.accept(text);
    }

    private void explain(String... lines) {
        for (String text : lines) {
            say.accept("   " + text);
        }
    }

    private static String seconds(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s";
    }

    private static String json(Map<String, Object> body) {
        return JsonMapper.shared().writeValueAsString(body);
    }
}
