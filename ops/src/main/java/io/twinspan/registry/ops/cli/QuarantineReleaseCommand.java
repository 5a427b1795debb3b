package io.twinspan.registry.ops.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets what is held go. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = {
            "Says that the held instances are gone: their addresses leave the lists now.",
            "Releases confirmed ones as well. Exit code 3 when nothing of the kind is held."
        })
final class QuarantineReleaseCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DataNodesOption meta = new DataNodesOption();

    @Mixin
    private HeldOption held = new HeldOption();

    QuarantineReleaseCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return Quarantines.change(surroundings, meta.dataNodes(), "/quarantine/release", held);
    }
}
