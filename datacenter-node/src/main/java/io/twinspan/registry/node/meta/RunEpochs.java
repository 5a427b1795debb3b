package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.failover.FailoverRun;
import io.twinspan.registry.failover.FailoverStep;
import io.twinspan.registry.failover.StepResult;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.FederationState;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * The decisions of a failover. A run commits exactly one epoch that makes its target active, the one after that of its plan; while it
 * runs nobody else decides at this group, so that epoch is its own.
 */
final class RunEpochs {
    private final DutyDesk desk;

    RunEpochs(DutyDesk desk) {
        this.desk = desk;
    }

    /** The epoch that a run commits, or under which it only moves clients. */
    static FederationEpoch committedBy(FailoverRun.Order order) {
        FederationEpoch basis = order.basis();
        if (basis != null && order.isGathering()) {
            return basis;
        }
        return basis == null ? new FederationEpoch(1, order.to()) : basis.next(order.to());
    }

    StepResult isCommitted(FailoverRun run) {
        FailoverRun.Order order = run.order();
        FederationState known = desk.state();
        FederationEpoch basis = order.basis();
        FederationEpoch wanted = committedBy(order);
        boolean isActive = known.active().filter(order.to()::equals).isPresent();
        if (known.lineage().contains(wanted) && isActive) {
            return StepResult.done("epoch " + wanted + " is committed: " + order.to() + " is active");
        }
        return Objects.equals(known.epoch(), basis)
                ? StepResult.notYet("epoch " + wanted + " follows " + (basis == null ? "none" : basis))
                : StepResult.refused("the plan was made on epoch " + basis + ", and epoch " + known.epoch()
                        + " is known now; plan again");
    }

    CompletionStage<StepResult> commit(FailoverRun run) {
        FailoverRun.Order order = run.order();
        FederationState known = desk.state();
        boolean isOrderly = order.steps().contains(FailoverStep.MOVE);
        Map<DatacenterId, Duty> duties = new HashMap<>(known.duties());
        duties.put(order.from(), isOrderly ? Duty.DRAINING : Duty.DOWN);
        duties.put(order.to(), Duty.ACTIVE);
        return desk.decide(order.basis(), known.next(order.to(), duties))
                .thenApply(refusal ->
                        refusal.isEmpty() ? StepResult.done("epoch committed") : StepResult.refused(refusal));
    }

    /** In a run without the other side nobody is there to confirm. */
    StepResult isConfirmed(FailoverRun run) {
        DatacenterId from = run.order().from();
        boolean isOrderly = run.order().steps().contains(FailoverStep.MOVE);
        FederationEpoch epoch = desk.state().epoch();
        if (!isOrderly) {
            return StepResult.done("epoch " + epoch + ", unconfirmed by " + from);
        }
        return desk.exchange().view().unconfirmed().contains(from)
                ? StepResult.notYet(from + " has not confirmed epoch " + epoch)
                : StepResult.done(from + " has confirmed epoch " + epoch);
    }

    StepResult isSettled(FailoverRun run) {
        FailoverRun.Order order = run.order();
        FederationState known = desk.state();
        if (known.active().filter(order.to()::equals).isEmpty()) {
            return StepResult.refused("epoch " + known.epoch() + " says otherwise");
        }
        Duty duty = known.duty(order.from());
        return duty == Duty.DRAINING
                ? StepResult.notYet(order.from() + " is still draining")
                : StepResult.done(order.from() + " is " + duty);
    }

    CompletionStage<StepResult> settle(FailoverRun run) {
        FederationState known = desk.state();
        Map<DatacenterId, Duty> duties = new HashMap<>(known.duties());
        duties.put(run.order().from(), Duty.STANDBY);
        return desk.decide(known.epoch(), known.next(run.order().to(), duties))
                .thenApply(refusal -> refusal.isEmpty()
                        ? StepResult.done(run.order().from() + " stands by")
                        : StepResult.notYet(refusal));
    }
}
