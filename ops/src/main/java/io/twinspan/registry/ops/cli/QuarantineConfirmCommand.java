package io.twinspan.registry.ops.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Keeps what is held. */
@Command(
        name = "confirm",
        mixinStandardHelpOptions = true,
        description = {
            "Says that the held instances are there: their addresses stay listed, without end and without alarm, until",
            "their client comes back, or 'quarantine release' takes them away. What is held later is not confirmed by it.",
            "Exit code 3 when nothing of the kind is held that was not confirmed before."
        })
final class QuarantineConfirmCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DataNodesOption meta = new DataNodesOption();

    @Mixin
    private HeldOption held = new HeldOption();

    QuarantineConfirmCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return Quarantines.change(surroundings, meta.dataNodes(), "/quarantine/confirm", held);
    }
}
