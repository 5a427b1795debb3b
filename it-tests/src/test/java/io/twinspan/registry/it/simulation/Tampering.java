package io.twinspan.registry.it.simulation;

import io.twinspan.registry.node.membership.ClusterView;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.SimulatedNetwork;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.AnnouncementListener;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

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

    /** The climate in place of the one that the seed gives. */
    default Climate climate(Climate climate) {
        return climate;
    }

    /** The kinds of faults between datacenters in place of those that the seed gives. */
    default List<FarFault> kinds(List<FarFault> kinds) {
        return kinds;
    }

    /** True for metas that answer before a majority has the command. */
    default boolean isEagerMeta() {
        return false;
    }

    /** True for metas that vote for everybody who asks. */
    default boolean isForgetfulVoter() {
        return false;
    }

    /** What a data node is told of its datacenter. */
    default ClusterView view(ClusterView view, EventLoop loop) {
        return view;
    }

    /** True when nobody ever tells a session that a client has vanished without a word. */
    default boolean isIdleForgotten() {
        return false;
    }

    /** What is announced in place of this; with what the peers have announced last. */
    default Announcement announcement(Announcement announcement, @Nullable Announcement heard) {
        return announcement;
    }

    /** Who listens in the place of this one to what peers announce and ask. */
    default AnnouncementListener listener(AnnouncementListener production) {
        return production;
    }

    /** True in worlds whose sessions obey a push switch. */
    default boolean hasPushSwitch() {
        return false;
    }

    /** True in worlds whose clients may be ordered from one datacenter to another. */
    default boolean hasMoves() {
        return false;
    }

    /** What the processes say to each other. */
    default SimulatedNetwork.Tap tap() {
        return new SimulatedNetwork.Tap() {};
    }
}
