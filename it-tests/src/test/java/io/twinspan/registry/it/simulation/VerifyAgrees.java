package io.twinspan.registry.it.simulation;

import io.twinspan.registry.simulation.Invariant;
import io.twinspan.registry.sync.CrossDatacenterSync;
import io.twinspan.registry.sync.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Some time after the faults: {@code verify}, asked of every data node, says that both sides agree. */
final class VerifyAgrees implements Invariant<SimulatedWorld> {
    private static final Duration LONGEST = Duration.ofSeconds(61);
    private static final Duration STEP = Duration.ofSeconds(1);

    private final List<String> found = new ArrayList<>();

    /** Asks all, and waits for what they say. */
    void ask(SimulatedWorld world) {
        List<SimulatedNode> open = new ArrayList<>();
        for (SimulatedNode node : world.allNodes()) {
            CrossDatacenterSync sync = node.sync();
            if (sync != null) {
                open.add(node);
                sync.verify(true).thenAccept(all -> {
                    open.remove(node);
                    all.forEach(each -> onVerified(node, each));
                });
            }
        }
        if (!open.isEmpty()) {
            world.coverage().checkedAfter("verify");
        }
        for (Duration left = LONGEST; !open.isEmpty() && !left.isNegative(); left = left.minus(STEP)) {
            world.pass(STEP);
        }
        open.forEach(node -> found.add("D6 verify at " + node.name() + " does not end"));
    }

    @Override
    public List<String> violations(SimulatedWorld world) {
        return found;
    }

    private void onVerified(SimulatedNode node, Verification verification) {
        if (!verification.isAgreed()) {
            found.add("D6 verify at " + node.name() + " of " + verification.peer() + " does not agree: "
                    + verification.problem() + " "
                    + verification.slots().stream()
                            .filter(each -> each.verdict() != Verification.Verdict.AGREE)
                            .limit(3)
                            .toList()
                    + " "
                    + verification.differences().stream().limit(3).toList());
        }
    }
}
