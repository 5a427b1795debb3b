package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.time.Duration;
import java.util.Random;

/** What faults between datacenters do to machines and clients. */
final class Machines implements FarFaults.NodeFaults {
    /** How much later than it is felt there are publishers again. */
    private static final Duration BACK = Duration.ofSeconds(20);

    private final Misfortunes misfortunes;
    private final Crowd crowd;
    private final Random random;
    private final ManualEventLoop agenda;

    Machines(SimulatedWorld world, Misfortunes misfortunes, Crowd crowd) {
        this.misfortunes = misfortunes;
        this.crowd = crowd;
        this.random = world.seed().random("machines");
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
        if (random.nextBoolean()) {
            // They were on the machines that are lost.
            crowd.endBulk(datacenter);
        }
        misfortunes.rebuild(datacenter, downtime);
    }

    @Override
    public void empty(DatacenterId datacenter, Duration time) {
        crowd.endBulk(datacenter);
        agenda.schedule(time.plus(BACK), () -> crowd.bulk(datacenter));
    }
}
