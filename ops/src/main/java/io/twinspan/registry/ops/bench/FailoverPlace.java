package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.ops.demo.Installation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * What a measurement of a failover is given.
 *
 * @param load its folder is this measurement's own
 * @param say takes lines of progress
 */
record FailoverPlace(Installation installation, FailoverLoad load, InstantSource clock, Consumer<String> say) {
    private static final Duration SETTLING = Duration.ofMinutes(4);
    private static final int MOST_DEAD = 3;
    private static final int FIRST_DEAD_PORT = 9_690;
    private static final long SEED = 5;

    /** Both datacenters, running, the east active, and each in sync with the other. */
    LinkedSides sides() {
        LinkedSides sides =
                new LinkedSides(installation, new SidesOrder(load.folder(), load.heap(), load.portOffset(), true));
        try {
            sides.start();
            new FailoverDoor(sides.east()).init("east");
            new FailoverDoor(sides.west()).awaitLine("west STANDBY, epoch 1/east, confirmed");
            sides.awaitCalm();
            return sides;
        } catch (RuntimeException failed) {
            sides.close();
            throw failed;
        }
    }

    /**
     * What is measured of clients in the east, once they are settled there.
     *
     * @param isForwarded whether the clients come through agents; otherwise they ask the sessions themselves
     */
    List<SyncFigure> measure(boolean isForwarded, BiFunction<LinkedSides, MovingCrowd, List<SyncFigure>> measurement) {
        try (LinkedSides sides = sides()) {
            if (!isForwarded) {
                return measure(sides, crowd(sides), measurement);
            }
            try (BenchAgents agents = agents(sides)) {
                return measure(sides, crowd(agents), measurement);
            }
        }
    }

    private List<SyncFigure> measure(
            LinkedSides sides, MovingCrowd crowd, BiFunction<LinkedSides, MovingCrowd, List<SyncFigure>> measurement) {
        try (crowd) {
            say.accept(String.format(
                    Locale.ROOT,
                    "%d clients register %d publishers and %d subscriptions in the east",
                    load.crowd().clients(),
                    crowd.services().publishers(),
                    crowd.services().subscriptions()));
            settle(crowd, sides);
            return measurement.apply(sides, crowd);
        }
    }

    BenchAgents agents(LinkedSides sides) {
        return BenchAgents.start(installation, load, doors(sides));
    }

    /** Clients that ask the sessions themselves; while their list names the east, one to three of it are dead when that is. */
    private MovingCrowd crowd(LinkedSides sides) {
        ServerLists lists = ServerLists.of(doors(sides));
        CrowdServices services = load.crowd().services("moved");
        Endpoint east = sides.east().session();
        return crowd(services, i -> lists.ask(services.application(i)).map(list -> withDead(list, east, i)));
    }

    /** Clients that know nothing but the agent of their machine. */
    private MovingCrowd crowd(BenchAgents agents) {
        CrowdServices services = load.crowd().services("moved");
        List<ServerLists> lists = agents.doors().stream()
                .map(door -> ServerLists.of(List.of(door)))
                .toList();
        return crowd(services, i -> lists.get(i % lists.size()).ask(services.application(i)));
    }

    /** Waits until every client has everything and the processes rest, and begins a new record. */
    static void settle(MovingCrowd crowd, LinkedSides sides) {
        Waiting.until(SETTLING, "the clients did not settle", crowd::isComplete);
        sides.awaitCalm();
        crowd.tally().forget();
    }

    /** True when a session holds everything that the crowd has. */
    static boolean holdsAll(BenchSide side, CrowdServices services) {
        String counts = side.get(NodePort.SESSION_HTTP, "/digest/data/count");
        return counts.contains("Publisher count: " + services.publishers())
                && counts.contains("Subscriber count: " + services.subscriptions());
    }

    private MovingCrowd crowd(CrowdServices services, IntFunction<Optional<List<Endpoint>>> lists) {
        return new MovingCrowd(services, lists, clock, new Random(SEED)).start();
    }

    /** Nobody listens there; so many that with the east's session one to three are dead once that is. */
    private List<Endpoint> withDead(List<Endpoint> list, Endpoint east, int client) {
        if (!list.contains(east)) {
            return list;
        }
        List<Endpoint> all = new ArrayList<>(list);
        for (int i = 0; i < client % MOST_DEAD; i++) {
            all.add(new Endpoint(east.host(), FIRST_DEAD_PORT + load.portOffset() + i));
        }
        return all;
    }

    private static List<Endpoint> doors(LinkedSides sides) {
        return Stream.of(sides.east(), sides.west())
                .map(side -> side.endpoint(NodePort.SESSION_HTTP))
                .toList();
    }
}
