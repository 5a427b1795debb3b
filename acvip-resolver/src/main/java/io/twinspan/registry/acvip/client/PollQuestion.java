package io.twinspan.registry.acvip.client;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A long poll: what of these is different by now, or becomes so within the time.
 *
 * @param checksums by domain, of what is known
 */
record PollQuestion(ClientPlace place, Duration timeout, Map<String, String> checksums) {
    PollQuestion {
        checksums = Collections.unmodifiableMap(new LinkedHashMap<>(checksums));
    }
}
