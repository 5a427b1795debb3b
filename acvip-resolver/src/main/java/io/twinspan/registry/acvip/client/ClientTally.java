package io.twinspan.registry.acvip.client;

import java.util.concurrent.atomic.LongAdder;

/** The counters while they count. Any thread. */
final class ClientTally {
    final LongAdder polls = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder lowerEpochs = new LongAdder();
    final LongAdder farEpochs = new LongAdder();
    final LongAdder saves = new LongAdder();
    final LongAdder failedSaves = new LongAdder();

    ClientCounters counters(Standing standing, int servers) {
        return new ClientCounters(
                standing.epoch(),
                standing.isFresh(),
                standing.answers().size(),
                servers,
                polls.sum(),
                failures.sum(),
                lowerEpochs.sum(),
                farEpochs.sum(),
                saves.sum(),
                failedSaves.sum());
    }
}
