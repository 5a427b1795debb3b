package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.ops.client.RoleNodes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Counts the connections between the nodes of a datacenter. */
@Command(
        name = "links",
        mixinStandardHelpOptions = true,
        description = {
            "Counts the connections between the nodes of a datacenter, by role. As it should be: each data node and"
                    + " each session is connected to every meta, each data node to all other data nodes, each session to"
                    + " every data node with 10 connections.",
            "Roles of one process talk in memory; these connections are counted too, and how many they are is said.",
            "Exit code 1 when a node does not answer, or has not all the connections that it wants."
        })
final class LinksCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private MetaOption meta = new MetaOption();

    LinksCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Map<String, RoleNodes.Answer> answers = new LinkedHashMap<>();
        boolean isComplete = true;
        for (NodeRole role : NodeRole.values()) {
            for (RoleNodes.Answer answer : new RoleNodes(meta.server(), role, 0).get("/digest/links")) {
                if (!answer.isGood()) {
                    surroundings.err().println("twinspan: " + answer.node() + ": " + answer.problem());
                    isComplete = false;
                    continue;
                }
                // A node with several roles answers the same at each of its ports.
                answers.putIfAbsent(answer.body().path("node").asString(""), answer);
            }
        }
        for (RoleNodes.Answer answer : answers.values()) {
            surroundings.say(answer.node().toString());
            LinksText links = new LinksText(answer.body());
            links.lines().forEach(surroundings::say);
            isComplete &= links.isComplete();
        }
        return isComplete ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
