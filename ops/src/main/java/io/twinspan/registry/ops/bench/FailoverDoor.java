package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.ops.client.MetaClient;
import io.twinspan.registry.ops.client.RunWatch;
import io.twinspan.registry.ops.client.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Duty and failover at a datacenter's meta, by the paths that the command line uses. */
final class FailoverDoor {
    private static final Duration DECIDED = Duration.ofSeconds(60);
    private static final Duration RUN = Duration.ofMinutes(6);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final BenchSide side;
    private final MetaClient meta;

    FailoverDoor(BenchSide side) {
        this.side = side;
        this.meta = new MetaClient(side.endpoint(NodePort.META_HTTP));
    }

    /** The first decision. */
    void init(String active) {
        post("/federation/v1/init", "{\"active\":\"" + active + "\"}");
    }

    /** Who is on duty, as every prompt has it. */
    String line() {
        try {
            return meta.ask("/federation/v1/status").path("line").asString("");
        } catch (UnreachableException silent) {
            return "";
        }
    }

    /** Returns when every role of this side says so. */
    void awaitLine(String wanted) {
        Waiting.until(
                DECIDED,
                "the duty did not become '" + wanted + "'",
                () -> List.of(NodePort.META_HTTP, NodePort.SESSION_HTTP, NodePort.DATA_HTTP).stream()
                        .allMatch(
                                port -> side.get(port, "/federation/v1/status").contains("\"" + wanted + "\"")));
    }

    /**
     * Begins a failover to this datacenter.
     *
     * @return the run's id
     * @throws BenchException with the words of a refusal
     */
    String run(String to, boolean isForced) {
        return post("/failover/v1/run", "{\"to\":\"" + to + "\",\"force\":" + isForced + "}")
                .path("runs")
                .path(0)
                .path("run")
                .asString("");
    }

    /** Returns when a run is over, with its notes; the first says how it ended. */
    List<String> awaitEnd(String to, String run) {
        Waiting.until(RUN, LOOK, "run " + run + " did not end", () -> {
            String state = seen(to, run).path("state").asString("");
            return !state.isEmpty() && !state.equals("RUNNING") && !state.equals("ABORTING");
        });
        JsonNode seen = seen(to, run);
        List<String> notes = new ArrayList<>(
                List.of("run " + run + " is " + seen.path("state").asString("")));
        seen.path("notes").forEach(note -> notes.add(RunWatch.text(note)));
        return notes;
    }

    private JsonNode seen(String to, String run) {
        try {
            for (JsonNode each : meta.ask("/failover/v1/status?to=" + to).path("runs")) {
                if (each.path("run").asString("").equals(run)) {
                    return each;
                }
            }
        } catch (UnreachableException silent) {
            // A meta that leads may just have changed; it is asked again.
            return MissingNode.getInstance();
        }
        return MissingNode.getInstance();
    }

    private JsonNode post(String path, String body) {
        MetaClient.Answer answer = meta.post(path, body);
        if (!answer.isDone()) {
            throw new BenchException(path + " was refused: " + answer.message(), null);
        }
        return answer.json();
    }
}
