package io.twinspan.registry.it.simulation;

import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.SimulatedNetwork;
import java.util.Random;

/** Where a fault can be planted without touching production code: at its ports and between its processes. */
interface Tampering {
    /** Everything as it should be. */
    Tampering NONE = new Tampering() {};

    /** The disk of one data node. */
    default SimulatedDisk disk(ManualClock time, Random random) {
        return new SimulatedDisk(time, random);
    }

    /** The settings of every node. */
    default WorldSettings settings(WorldSettings settings) {
        return settings;
    }

    /** The number of a process life, from a reading of its clock. */
    default long incarnation(long reading) {
        return reading;
    }

    /** What a client gets in place of a push, the so-manieth of its connection. */
    default SegmentPush push(SegmentPush push, long count) {
        return push;
    }

    /** What the processes say to each other. */
    default SimulatedNetwork.Tap tap() {
        return new SimulatedNetwork.Tap() {};
    }
}
