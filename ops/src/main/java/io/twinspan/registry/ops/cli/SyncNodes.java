package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.client.RoleNodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What all data nodes of a datacenter said of its peers, peer by peer. Each data node knows all that a peer announces, so what they
 * say of one peer should be the same, and where it is not the worst counts. Pure.
 */
final class SyncNodes {
    private static final int NO_SUCH_PATH = 404;

    /** What one data node said of one peer. */
    record Said(String node, JsonNode body) {}

    private final List<RoleNodes.Answer> answers;

    SyncNodes(List<RoleNodes.Answer> answers) {
        this.answers = List.copyOf(answers);
    }

    /** What was said of each peer. */
    Map<String, List<Said>> byPeer() {
        Map<String, List<Said>> peers = new TreeMap<>();
        for (RoleNodes.Answer answer : answers) {
            for (JsonNode peer : answer.body().path("peers")) {
                peers.computeIfAbsent(peer.path("peer").asString(""), name -> new ArrayList<>())
                        .add(new Said(answer.node().toString(), peer));
            }
        }
        return peers;
    }

    /**
     * Why nodes did not answer, or what they say is wrong with their own announcements, by node; that one has no peers is a problem
     * when others have some.
     */
    Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        boolean isAlone = isAlone();
        for (RoleNodes.Answer answer : answers) {
            if (hasNoPeers(answer) && !isAlone) {
                problems.put(
                        answer.node().toString(),
                        "it has no peers; where other nodes of this datacenter have some, give it the same 'sync.peers' and restart it");
            } else if (!answer.isGood() && !isAlone) {
                problems.put(answer.node().toString(), answer.problem());
            } else {
                String own = ownProblem(answer.body());
                if (!own.isEmpty()) {
                    problems.put(answer.node().toString(), own);
                }
            }
        }
        return problems;
    }

    /** Peers cannot tell that they hear nothing new of this node. Empty in answers to other questions than how it stands. */
    private static String ownProblem(JsonNode body) {
        String problem = body.path("problem").asString("");
        if (body.path("writing").asBoolean(true)) {
            return problem;
        }
        return "what it announces is not written to Kafka, so peers hear of its changes late or not at all: "
                + (problem.isEmpty() ? "its log names the cause ('kafka cannot be used')" : problem);
    }

    /** True when every node answered, and has no peers. */
    boolean isAlone() {
        return answers.stream().allMatch(SyncNodes::hasNoPeers);
    }

    private static boolean hasNoPeers(RoleNodes.Answer answer) {
        return answer.status() == NO_SUCH_PATH;
    }
}
