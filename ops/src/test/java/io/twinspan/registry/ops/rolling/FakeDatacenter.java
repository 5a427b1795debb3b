package io.twinspan.registry.ops.rolling;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A datacenter on manual time: nodes start within a while after they are restarted, unless a test has something else in mind. */
final class FakeDatacenter {
    static final RegistrationCounts BEFORE = new RegistrationCounts(1_000, 500, 100, 1_000);
    private static final Duration START = Duration.ofSeconds(20);

    final Map<String, RollingNode> nodes = new LinkedHashMap<>();
    final List<String> events = new ArrayList<>();
    final List<String> said = new ArrayList<>();
    final List<RollingJournal> journals = new ArrayList<>();
    /** Nodes that do not get well, do not notice the command, or whose command fails. */
    final Set<String> sick = new LinkedHashSet<>();

    final Set<String> deaf = new LinkedHashSet<>();
    final Set<String> failing = new LinkedHashSet<>();
    RegistrationCounts counts = BEFORE;
    String unrest = "";
    int replicas = 2;
    String leader = "";
    String holdProblem = "";
    boolean isHeld;
    long heldUntil;
    long now = 1;

    private final Map<String, Integer> lives = new LinkedHashMap<>();
    private final Map<String, Long> wellAt = new LinkedHashMap<>();

    FakeDatacenter with(String name, NodeRole... roles) {
        Map<NodeRole, Endpoint> http = new EnumMap<>(NodeRole.class);
        for (NodeRole role : roles) {
            http.put(role, new Endpoint("10.0.0." + (nodes.size() + 1), 9_600 + http.size()));
        }
        nodes.put(name, new RollingNode(name, "id-" + name, http));
        lives.put(name, 1);
        return this;
    }

    RollingRestart procedure() {
        return new RollingRestart(
                new RollingPorts(eyes(), hold(), this::restart, this::save, pace(), said::add),
                RollingSettings.standard());
    }

    RollingJournal begin(int groups) {
        return new RollingJournal(
                "east",
                "2026-01-01T10:00:00Z",
                "restart {node}",
                groups,
                List.copyOf(nodes.values()),
                replicas,
                BEFORE,
                Map.of(),
                List.of(),
                RollingOutcome.RUNNING,
                "");
    }

    /** Restarts in their order, those of one group joined by +. */
    List<String> restarts() {
        return events.stream()
                .filter(event -> event.startsWith("restart "))
                .map(event -> event.substring("restart ".length()))
                .toList();
    }

    int life(String name) {
        return lives.getOrDefault(name, 0);
    }

    private List<String> restart(List<RollingNode> together, String command) {
        events.add("restart "
                + String.join("+", together.stream().map(RollingNode::name).toList()));
        List<String> failures = new ArrayList<>();
        for (RollingNode node : together) {
            if (failing.contains(node.name())) {
                failures.add("the command for " + node.name() + " ended with 1");
            } else if (!deaf.contains(node.name())) {
                lives.merge(node.name(), 1, Integer::sum);
                wellAt.put(node.name(), now + START.toNanos());
            }
        }
        return failures;
    }

    private void save(RollingJournal journal) {
        journals.add(journal);
        events.add("save " + journal.outcome() + " underway="
                + journal.underway().size() + " done=" + journal.done().size());
    }

    private RollingPorts.Eyes eyes() {
        return new RollingPorts.Eyes() {
            @Override
            public NodeSight look(RollingNode node) {
                boolean isUp = wellAt.getOrDefault(node.name(), 0L) <= now;
                boolean isWell = isUp && !sick.contains(node.name());
                return new NodeSight(
                        isUp ? "life " + life(node.name()) : "",
                        node.name().equals(leader),
                        isWell ? "" : isUp ? "it says 500" : "it says nothing");
            }

            @Override
            public DatacenterSight lookAround() {
                return new DatacenterSight(counts, replicas, unrest);
            }
        };
    }

    private RollingPorts.Hold hold() {
        return new RollingPorts.Hold() {
            @Override
            public String found() {
                return isHeld ? "push is in hold-shrink by rolling-restart" : "";
            }

            @Override
            public String hold(Duration within, boolean isConfirmed) {
                if (holdProblem.isEmpty()) {
                    isHeld = true;
                    heldUntil = now + within.toNanos();
                    events.add("hold");
                }
                return holdProblem;
            }

            @Override
            public String release() {
                isHeld = false;
                events.add("release");
                return "";
            }
        };
    }

    private RollingPorts.Pace pace() {
        return new RollingPorts.Pace() {
            @Override
            public long nanos() {
                return now;
            }

            @Override
            public void pause(Duration time) {
                now += time.toNanos();
            }
        };
    }
}
