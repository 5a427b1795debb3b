package io.twinspan.registry.ops.rolling;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.ops.client.MetaClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks at the nodes through the HTTP ports that operators' scripts look at. */
final class HttpEyes implements RollingPorts.Eyes {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int OK = 200;
    private static final int MOST_SHOWN = 200;
    private static final Pattern LIFE = Pattern.compile("(?m)^process_start_time_seconds\\S*\\s+(\\S+)");
    private static final Pattern SESSION_COUNTS =
            Pattern.compile("Subscriber count: (\\d+), Publisher count: (\\d+), Watcher count: (\\d+)");
    private static final Pattern DATA_COUNT = Pattern.compile("^Publisher count: (\\d+)");

    /** What a node said; the status is 0 when it said nothing, and the text then why. */
    private record Said(int status, String text) {}

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final List<RollingNode> nodes;
    private final AnyMeta metas;

    HttpEyes(List<RollingNode> nodes, AnyMeta metas) {
        this.nodes = List.copyOf(nodes);
        this.metas = metas;
    }

    @Override
    public NodeSight look(RollingNode node) {
        String life = "";
        Said meters = get(node.address(), "/metrics");
        Matcher start = LIFE.matcher(meters.text());
        if (meters.status() == OK && start.find()) {
            life = start.group(1);
        }
        boolean isLeader = false;
        List<String> problems = new ArrayList<>();
        for (Map.Entry<NodeRole, Endpoint> role : node.http().entrySet()) {
            Said health = get(role.getValue(), "/health/check");
            if (!isWell(health)) {
                problems.add(role.getValue() + " says " + (health.status() == 0 ? "" : health.status() + " ")
                        + shortened(health.text()));
            }
            isLeader |= role.getKey() == NodeRole.META && health.text().contains("raftStatus:Leader");
        }
        if (problems.isEmpty() && life.isEmpty()) {
            problems.add(node.address() + " does not tell at /metrics when it has started");
        }
        return new NodeSight(life, isLeader, String.join("; ", problems));
    }

    @Override
    public DatacenterSight lookAround() {
        long publishers = 0;
        long subscribers = 0;
        long watchers = 0;
        long stored = 0;
        for (RollingNode node : nodes) {
            if (node.isA(NodeRole.SESSION)) {
                Matcher counts = SESSION_COUNTS.matcher(get(node.endpoint(NodeRole.SESSION), "/digest/data/count")
                        .text());
                if (counts.find()) {
                    subscribers += Long.parseLong(counts.group(1));
                    publishers += Long.parseLong(counts.group(2));
                    watchers += Long.parseLong(counts.group(3));
                }
            }
            if (node.isA(NodeRole.DATA)) {
                Matcher count = DATA_COUNT.matcher(
                        get(node.endpoint(NodeRole.DATA), "/digest/datum/count").text());
                stored += count.find() ? Long.parseLong(count.group(1)) : 0;
            }
        }
        RegistrationCounts counts = new RegistrationCounts(publishers, subscribers, watchers, stored);
        MetaClient.Answer slots = metas.get("/slots");
        return slots.isDone()
                ? new SlotCalm(slots.json()).with(counts)
                : new DatacenterSight(counts, 0, "no meta tells the slot table: " + slots.message());
    }

    private Said get(Endpoint endpoint, String path) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://" + endpoint + path))
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Said(answer.statusCode(), answer.body());
        } catch (IOException silent) {
            return new Said(0, "nothing (" + (silent.getMessage() == null ? silent : silent.getMessage()) + ")");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Said(0, "nothing, we were interrupted");
        }
    }

    private static boolean isWell(Said health) {
        try {
            JsonNode body = JsonMapper.shared().readTree(health.text());
            return health.status() == OK && body.path("success").asBoolean(false);
        } catch (JacksonException noJson) {
            return false;
        }
    }

    private static String shortened(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }
}
