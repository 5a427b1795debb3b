package io.twinspan.registry.acvip.domain;

import io.twinspan.registry.datacenter.DatacenterId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How old an answer's addresses are, by the datacenter whose they are. Does not change. */
public interface AnswerAges {
    /** All were decided when they were asked for. */
    AnswerAges NOW = datacenter -> new Age(Duration.ZERO, false);

    /** Nobody can say. */
    AnswerAges UNKNOWN = datacenter -> new Age(null, true);

    /**
     * How old addresses are.
     *
     * @param since somebody stood behind them; null while that is not known
     * @param isOld true when they may have changed meanwhile without anybody here having heard
     */
    record Age(@Nullable Duration since, boolean isOld) {}

    /** Those of one datacenter. */
    Age of(DatacenterId datacenter);
}
