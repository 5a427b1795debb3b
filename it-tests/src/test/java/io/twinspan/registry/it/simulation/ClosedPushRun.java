package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.simulation.Seed;
import io.twinspan.registry.simulation.SimulatedProcess;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One run in which push is closed, clients change things, come and reconnect, perhaps a session restarts, and push is opened; by the
 * classic paths, as an operator's script does.
 */
final class ClosedPushRun {
    private static final Duration SETTLING = Duration.ofSeconds(30);
    /** Twice what a closing waits for its sessions. */
    private static final Duration CONFIRMING = Duration.ofSeconds(3);
    /** For the last changes to reach every session, so that all know what holds when push opens. */
    private static final Duration QUIET = Duration.ofSeconds(15);

    private static final int DEEDS = 25;

    private final SimulatedWorld world;
    private final Random random;
    private final NoPushWhileClosed check;
    private final List<String> found = new ArrayList<>();

    private ClosedPushRun(Seed seed, Tampering tampering) {
        this.world = new SimulatedWorld(seed, tampering);
        this.random = seed.random("closing");
        this.check = new NoPushWhileClosed(world);
    }

    /** What was found; nothing when all is well. */
    static List<String> violations(Seed seed, Tampering tampering) {
        ClosedPushRun run = new ClosedPushRun(seed, tampering);
        run.run();
        return run.found;
    }

    private void run() {
        new Crowd(world, random, deed -> {}).populate();
        world.pass(SETTLING);
        ask("/stopPushDataSwitch/open");
        check.enter(NoPushWhileClosed.Phase.CLOSED);
        for (int i = 0; i < DEEDS; i++) {
            act();
            world.pass(Duration.ofMillis(random.nextInt(700)));
        }
        world.pass(QUIET);
        check.enter(NoPushWhileClosed.Phase.OPENING);
        ask("/stopPushDataSwitch/close");
        world.pass(QUIET);
        found.addAll(check.found());
        new EverybodySeesAll(true).violations(world).forEach(each -> found.add("D8 after opening: " + each));
    }

    private void act() {
        List<Publication> all =
                world.publications().stream().filter(Publication::isWanted).toList();
        Publication one = all.get(random.nextInt(all.size()));
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> one.client().republish(one);
            case 3 -> {
                one.client().unregister(one);
                one.client().publish(one.service());
            }
            case 4 -> {
                DatacenterId where = one.client().datacenter();
                world.client(where).subscribe(one.service(), random.nextBoolean() ? Scope.GLOBAL : Scope.DATACENTER);
            }
            case 5 -> world.client(one.client().datacenter()).publish(DataInfoId.of("new-" + random.nextInt(3)));
            default -> one.client().reconnect(Duration.ZERO, Duration.ofMillis(random.nextInt(2_000)));
        }
    }

    /** Asks one meta after the other, in every datacenter, until one has carried it out and every session has confirmed. */
    private void ask(String path) {
        for (DatacenterId each : world.datacenters()) {
            String name = each + "-switch-" + path.length();
            SimulatedProcess process = new SimulatedProcess(name, world.time(), Duration.ZERO);
            PeerClient metas = world.network().as(process, new Caller(each, new NodeId(name), NodeRole.SESSION));
            List<String> answers = new ArrayList<>();
            for (Endpoint meta : world.metas(each, NodePort.META_FOR_META)) {
                metas.call(meta, new OperatorCall(path, "", ""), CONFIRMING)
                        .thenAccept(answer -> answers.add(text(answer)));
                world.pass(CONFIRMING);
            }
            if (answers.stream().noneMatch(answer -> answer.contains("sessions have confirmed"))) {
                found.add("D8 " + path + " in " + each + " was not confirmed: " + answers);
            }
        }
    }

    private static String text(OperatorAnswer answer) {
        return answer.status() + " " + answer.body();
    }
}
