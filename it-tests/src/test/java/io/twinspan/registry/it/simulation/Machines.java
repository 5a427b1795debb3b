package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.time.Duration;

/** What faults between datacenters do to machines and clients. */
final class Machines implements FarFaults.NodeFaults {
    /** How much later than it is felt there are publishers again. */
    private static final Duration BACK = Duration.ofSeconds(20);

    private final Misfortunes misfortunes;
    private final Crowd crowd;
    private final ManualEventLoop agenda;

    Machines(SimulatedWorld world, Misfortunes misfortunes, Crowd crowd) {
        this.misfortunes = misfortunes;
        this.crowd = crowd;
        this.agenda = new ManualEventLoop(world.time());
    }

    @Override
    public void crash(SimulatedNode node, Duration downtime) {
        if (node.isUp()) {
            misfortunes.crash(node, downtime);
        }
    }

    @Override
    public void rebuild(DatacenterId datacenter, Duration downtime) {
        misfortunes.rebuild(datacenter, downtime);
    }

    @Override
    public void empty(DatacenterId datacenter, Duration time) {
        crowd.endBulk(datacenter);
        agenda.schedule(time.plus(BACK), () -> crowd.bulk(datacenter));
    }
}
