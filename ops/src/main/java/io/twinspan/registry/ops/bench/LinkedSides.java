package io.twinspan.registry.ops.bench;

import io.twinspan.registry.ops.demo.Installation;
import io.twinspan.registry.ops.host.ProcessUsage;
import io.twinspan.registry.ops.link.DatacenterLink;
import io.twinspan.registry.ops.link.DatacenterLink.Way;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Two datacenters of one node or two and one broker each, and the link between them, which everything crosses. */
final class LinkedSides implements AutoCloseable {
    private final DatacenterLink link = new DatacenterLink();
    private final ProcessUsage usage = new ProcessUsage(Path.of("/proc"));
    private final BenchSide east;
    private final BenchSide west;

    /** Starts nothing yet. */
    LinkedSides(Installation installation, SidesOrder order) {
        this.east = new BenchSide(
                installation, order.east(), order.isSessionApart(), port -> link.relay(Way.EASTWARD, port));
        this.west = new BenchSide(
                installation, order.west(), order.isSessionApart(), port -> link.relay(Way.WESTWARD, port));
        east.connect(west);
        west.connect(east);
    }

    DatacenterLink link() {
        return link;
    }

    BenchSide east() {
        return east;
    }

    BenchSide west() {
        return west;
    }

    /** Starts everything and returns when each node can announce, whether or not it hears the other. */
    LinkedSides start() {
        try {
            sides().forEach(BenchSide::startBroker);
            sides().forEach(BenchSide::startNode);
            sides().forEach(BenchSide::awaitReady);
            return this;
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** Returns when each has all that the other has said, and the processes rest. */
    void awaitCalm() {
        sides().forEach(BenchSide::awaitSynced);
        awaitQuiet();
    }

    /** Processor time of the east's node as it runs now. */
    ServerClock nodeInEast() {
        return new ServerClock(usage, List.of(east.nodePid()));
    }

    /** Returns when the processes rest. */
    void awaitQuiet() {
        new ServerClock(usage, sides().flatMap(side -> side.pids().stream()).toList()).awaitQuiet();
    }

    /** Bytes that have crossed, in both directions together. */
    long passed() {
        return link.passed(Way.EASTWARD) + link.passed(Way.WESTWARD);
    }

    @Override
    public void close() {
        sides().forEach(BenchSide::close);
        link.close();
    }

    private Stream<BenchSide> sides() {
        return Stream.of(east, west);
    }
}
