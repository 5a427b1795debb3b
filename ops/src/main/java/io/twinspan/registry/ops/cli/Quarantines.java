package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.client.RoleNodes;
import java.util.List;

/** What the commands on held services have in common. */
final class Quarantines {
    private Quarantines() {}

    /** Says it of all data nodes; the word of each counts for what it leads. */
    static int change(Surroundings surroundings, RoleNodes nodes, String path, HeldOption held) {
        List<RoleNodes.Answer> answers = nodes.post(path, held.body());
        int services = 0;
        int publishers = 0;
        for (RoleNodes.Answer answer : answers) {
            services += answer.body().path("services").asInt(0);
            publishers += answer.body().path("publishers").asInt(0);
        }
        surroundings.say(services + " services, " + publishers + " publishers");
        return exitCode(surroundings, answers, services > 0 ? ExitCodes.OK : ExitCodes.NOTHING_THERE);
    }

    static int exitCode(Surroundings surroundings, List<RoleNodes.Answer> answers, int otherwise) {
        List<RoleNodes.Answer> bad =
                answers.stream().filter(answer -> !answer.isGood()).toList();
        bad.forEach(
                answer -> surroundings.err().println("twinspan: data node " + answer.node() + ": " + answer.problem()));
        return bad.isEmpty() ? otherwise : ExitCodes.FAILED;
    }
}
