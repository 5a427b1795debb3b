package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** The west is made active by force while nothing crosses the link; agents hear both sides. */
final class ForcedMeasurement implements FailoverMeasurement {
    private static final Duration WANTED = Duration.ofSeconds(3);
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final List<String> TARGET = List.of("west");

    @Override
    public List<SyncFigure> measure(FailoverPlace place) {
        try (LinkedSides sides = place.sides();
                BenchAgents agents = place.agents(sides)) {
            place.say().accept("cutting the link");
            sides.link().cut();
            FailoverDoor door = new FailoverDoor(sides.west());
            Waiting.until(
                    BOUND, "the west did not notice the cut", () -> door.line().contains("unconfirmed by east"));
            List<Endpoint> asked = new ArrayList<>(agents.doors());
            asked.add(sides.west().endpoint(NodePort.SESSION_HTTP));
            place.say().accept("failover run --to west --force");
            long begin = System.nanoTime();
            List<CompletableFuture<Duration>> turned = asked.stream()
                    .map(each -> CompletableFuture.supplyAsync(() -> turned(each, begin)))
                    .toList();
            String run = door.run(TARGET.get(0), true);
            Duration answered = Duration.ofNanos(System.nanoTime() - begin);
            List<Duration> taken =
                    turned.stream().map(CompletableFuture::join).sorted().toList();
            List<String> notes = new ArrayList<>(List.of(String.format(
                    Locale.ROOT,
                    "%d agents, which know servers of both sides, and the west's session; the first after %d ms;"
                            + " the command was answered after %d ms",
                    agents.doors().size(),
                    taken.get(0).toMillis(),
                    answered.toMillis())));
            notes.addAll(door.awaitEnd(TARGET.get(0), run));
            notes.add(door.line());
            Duration last = taken.get(taken.size() - 1);
            return List.of(new SyncFigure(
                    "forced while the link is cut: every reachable resolver and agent answers the new side",
                    String.format(Locale.ROOT, "%.2f s after the command", last.toMillis() / 1e3),
                    WANTED.toSeconds() + " s at most",
                    last.compareTo(WANTED) <= 0,
                    notes));
        }
    }

    private static Duration turned(Endpoint asked, long begin) {
        Waiting.until(
                BOUND,
                LOOK,
                asked + " did not answer the new side",
                () -> BenchAgents.named(asked).equals(TARGET));
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
