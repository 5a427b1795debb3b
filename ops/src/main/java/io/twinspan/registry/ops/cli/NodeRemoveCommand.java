package io.twinspan.registry.ops.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes a node for good. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = {
            "Removes a node for good: it leaves in all its roles at once, and its identity is refused when it comes back. To join"
                    + " again it needs an empty home folder. A node that only restarts needs no removing.",
            "Move its slots away first with 'twinspan slots evacuate NODE'; what it alone holds is not given up without --force."
        })
final class NodeRemoveCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private MetaOption meta = new MetaOption();

    @Parameters(paramLabel = "NODE", description = "id of the node, the beginning of it, or its address")
    private String node = "";

    @Option(names = "--force", description = "also when it alone holds slots, or is not a member now")
    private boolean isForced;

    NodeRemoveCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return meta.change(
                surroundings, "/node/remove?node=" + MetaOption.query(node) + (isForced ? "&force=true" : ""), "");
    }
}
