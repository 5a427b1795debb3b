package io.twinspan.registry.acvip.connect;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The counters while they count. Any thread. */
final class ForwardTally {
    final AtomicInteger streams = new AtomicInteger();
    final LongAdder accepted = new LongAdder();
    final LongAdder connected = new LongAdder();
    final LongAdder unproxied = new LongAdder();
    final LongAdder failedConnects = new LongAdder();
    final LongAdder unserved = new LongAdder();
    final LongAdder moved = new LongAdder();
    final LongAdder stuck = new LongAdder();
    final LongAdder bytesUp = new LongAdder();
    final LongAdder bytesDown = new LongAdder();

    ForwardCounters counters() {
        return new ForwardCounters(
                streams.get(),
                accepted.sum(),
                connected.sum(),
                unproxied.sum(),
                failedConnects.sum(),
                unserved.sum(),
                moved.sum(),
                stuck.sum(),
                bytesUp.sum(),
                bytesDown.sum());
    }
}
