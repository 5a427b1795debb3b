package io.twinspan.registry.ops.bench;

import io.twinspan.registry.ops.link.DatacenterLink.Way;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Many services change in the east, and nobody in the west is interested in any. */
final class BytesMeasurement implements SyncMeasurement {
    private static final int SERVICES = 10_000;
    private static final int A_SECOND = 1_000;
    private static final Duration LENGTH = Duration.ofSeconds(30);
    private static final Duration WARMING = Duration.ofSeconds(10);
    private static final Duration AFTERWARDS = Duration.ofSeconds(2);
    private static final double MOST = 80;

    @Override
    public List<SyncFigure> measure(Place place) {
        try (LinkedSides sides = place.sides().start();
                SyncCrowd crowd = place.crowd(sides.east(), "bytes", SERVICES)) {
            crowd.fill();
            sides.awaitCalm();
            crowd.change((int) (A_SECOND * WARMING.toSeconds()), WARMING);
            Waiting.pause(AFTERWARDS);
            SyncReading announcedBefore = sides.east().reading();
            SyncReading before = sides.west().reading();
            long there = sides.link().passed(Way.WESTWARD);
            long back = sides.link().passed(Way.EASTWARD);
            int changes = (int) (A_SECOND * LENGTH.toSeconds());
            Duration taken = crowd.change(changes, LENGTH);
            Waiting.pause(AFTERWARDS);
            there = sides.link().passed(Way.WESTWARD) - there;
            back = sides.link().passed(Way.EASTWARD) - back;
            SyncReading announced = sides.east().reading();
            SyncReading after = sides.west().reading();
            long fetched = after.fetched() - before.fetched();
            double each = (double) there / changes;
            return List.of(new SyncFigure(
                    String.format(
                            Locale.ROOT,
                            "bytes at the receiver's sockets for a changed service, keys of %d bytes, %.0f changes/s",
                            SyncCrowd.NAME_BYTES,
                            changes * 1e9 / taken.toNanos()),
                    String.format(Locale.ROOT, "%.1f bytes, addresses of %d services", each, fetched),
                    String.format(Locale.ROOT, "%.0f bytes at most, addresses of none", MOST),
                    each <= MOST && fetched == 0 && crowd.refused() == 0,
                    List.of(
                            String.format(
                                    Locale.ROOT,
                                    "%d of %d changes announced one by one, %d refused; everything that crossed is counted",
                                    announced.announced() - announcedBefore.announced(),
                                    changes,
                                    crowd.refused()),
                            String.format(
                                    Locale.ROOT,
                                    "and %.1f bytes in the other direction; %d slots were asked for",
                                    (double) back / changes,
                                    after.pulls() - before.pulls()))));
        }
    }
}
