package io.twinspan.registry.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTableTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final LeaseTable<String> leases = new LeaseTable<>(Duration.ofSeconds(30));

    @Test
    void leaseIsLiveUntilItsDurationIsOver() {
        leases.renew("s1", 0);
        assertThat(leases.isLive("s1", 30 * SECOND - 1)).isTrue();
        assertThat(leases.isLive("s1", 30 * SECOND)).isFalse();
        assertThat(leases.expire(30 * SECOND - 1)).isEmpty();
        assertThat(leases.expire(30 * SECOND)).containsExactly("s1");
        assertThat(leases.size()).isZero();
    }

    @Test
    void renewalAndAPauseOfOurOwnGiveAFullLease() {
        leases.renew("s1", 0);
        leases.renew("s1", 20 * SECOND);
        assertThat(leases.isLive("s1", 45 * SECOND)).isTrue();
        leases.renewAll(60 * SECOND);
        assertThat(leases.isLive("s1", 89 * SECOND)).isTrue();
    }

    @Test
    void releasedLeaseIsOver() {
        leases.renew("s1", 0);
        leases.release("s1");
        assertThat(leases.isLive("s1", 1)).isFalse();
    }
}
