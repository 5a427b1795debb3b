package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.simulation.SimulatedNetwork.Weather;
import io.twinspan.registry.simulation.SimulatedProcess;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The clients of two datacenters between which they are ordered, as official ones behave, and the operator who orders them. */
final class OrderedCrowd {
    static final DatacenterId EAST = new DatacenterId("east");
    static final DatacenterId WEST = new DatacenterId("west");

    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final List<Scope> SCOPES = List.of(Scope.values());
    private static final Duration ASKING = Duration.ofSeconds(2);
    private static final int SERVICES = 4;
    private static final int CLIENTS = 8;

    private final SimulatedWorld world;
    private final Random random;
    private final Consumer<String> note;
    private final ManualEventLoop agenda;
    private int operators;

    OrderedCrowd(SimulatedWorld world, Random random, Consumer<String> note) {
        this.world = world;
        this.random = random;
        this.note = note;
        this.agenda = new ManualEventLoop(world.time());
    }

    /** Does this later. */
    void after(Duration time, Runnable task) {
        agenda.schedule(time, task);
    }

    void cutTheLink(Duration time) {
        note.accept("the link is cut for " + time);
        world.straits().cut(EAST, WEST);
        world.straits().cut(WEST, EAST);
        agenda.schedule(time, () -> {
            world.straits().open(EAST, WEST);
            world.straits().open(WEST, EAST);
        });
    }

    /** One message in ten, for some seconds. */
    void loseMessages() {
        note.accept("messages are lost");
        world.network().weather(new Weather(Duration.ofMillis(1), Duration.ofMillis(20), 0.1, 0, 0));
        agenda.schedule(Duration.ofSeconds(8), () -> world.network().weather(Weather.FAIR));
    }

    /** Clients of these come into the world; everybody subscribes to everything. */
    void populate(DatacenterId... where) {
        for (DatacenterId datacenter : where) {
            int clients = datacenter.equals(EAST) ? CLIENTS : CLIENTS / 3;
            for (int i = 0; i < clients; i++) {
                LiteralClient client = world.client(datacenter);
                int published = random.nextInt(3);
                for (int each = 0; each < published; each++) {
                    client.publish(anyService());
                }
                for (int each = 0; each < SERVICES; each++) {
                    client.subscribe(service(each), SCOPES.get(random.nextInt(SCOPES.size())));
                }
                agenda.schedule(Duration.ofMillis(random.nextLong(REFRESH.toMillis())), () -> refresh(client));
            }
        }
    }

    /** One of the services that everybody subscribes to. */
    DataInfoId anyService() {
        return service(random.nextInt(SERVICES));
    }

    /** Somebody who is provided. */
    Optional<Publication> pickPublication() {
        List<Publication> all =
                world.publications().stream().filter(Publication::isWanted).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(pick(all));
    }

    <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Who is not where he should be, and which lists lack somebody. */
    List<String> whatLacks(DatacenterId whereAllShouldBe) {
        List<String> wrong = new ArrayList<>();
        for (LiteralClient client : world.clients()) {
            boolean isThere = client.isStopped()
                    || client.session()
                            .filter(node -> node.datacenter().equals(whereAllShouldBe))
                            .isPresent();
            if (!isThere) {
                wrong.add("moving: " + client.name() + " is not in the " + whereAllShouldBe + ", but at "
                        + client.session().map(SimulatedNode::name).orElse("no session"));
            }
        }
        for (Subscription each : world.subscriptions()) {
            TreeSet<String> expected = new TreeSet<>();
            world.publications().stream()
                    .filter(one -> one.isWanted() && one.service().equals(each.service()))
                    .forEach(one -> expected.add(one.address()));
            if (!each.shown().containsAll(expected)) {
                wrong.add("D1 moving: " + each + " shows " + each.shown() + " of " + expected);
            }
        }
        return wrong;
    }

    /**
     * An operator tells the metas of a side that clients go from the east to the west; takes time.
     *
     * @return what was answered, when none of them took it
     */
    Optional<String> order(String side, String stage) {
        String body =
                "{\"run\":\"f1\",\"epoch\":7,\"issuer\":\"west\",\"source\":\"east\",\"target\":\"west\",\"stage\":\""
                        + stage + "\"}";
        DatacenterId where = new DatacenterId(side);
        NodeId name = new NodeId("operator-" + ++operators);
        SimulatedProcess process = new SimulatedProcess(name.value(), world.time(), Duration.ZERO);
        PeerClient metas = world.network().as(process, new Caller(where, name, NodeRole.SESSION));
        List<String> answers = new ArrayList<>();
        for (Endpoint meta : world.metas(where, NodePort.META_FOR_META)) {
            metas.call(meta, new OperatorCall("/federation/v1/move/set", "", body), ASKING)
                    .thenAccept(answer -> answers.add(answer.status() + " " + answer.body()));
            world.pass(ASKING);
        }
        note.accept(stage + " in the " + side + ": " + answers);
        return answers.stream().anyMatch(answer -> answer.startsWith("200"))
                ? Optional.empty()
                : Optional.of("moving: the order was not taken: " + answers);
    }

    /** As an official client does every 30 s, of any session that it knows. */
    private void refresh(LiteralClient client) {
        if (client.isStopped()) {
            return;
        }
        List<SimulatedNode> asked = world.sessions(client.datacenter()).stream()
                .filter(SimulatedNode::isRunning)
                .toList();
        if (!asked.isEmpty()) {
            SimulatedNode node = asked.get(random.nextInt(asked.size()));
            List<Endpoint> elsewhere = node.session().serversElsewhere();
            if (!elsewhere.isEmpty()) {
                node.session().onToldElsewhere(client.name(), "app");
                world.findNode(elsewhere.get(0)).ifPresent(there -> client.isGiven(there.datacenter()));
            }
        }
        agenda.schedule(REFRESH, () -> refresh(client));
    }

    private static DataInfoId service(int number) {
        return DataInfoId.of("moved-" + number);
    }
}
