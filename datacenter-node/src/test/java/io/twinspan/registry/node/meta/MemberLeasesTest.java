package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemberLeasesTest {
    private static final MetaSettings SETTINGS = MetaSettings.standard();

    private final MemberLeases leases = new MemberLeases(SETTINGS);

    private static MemberKey session(int number) {
        return new MemberKey(new NodeId("s" + number), NodeRole.SESSION);
    }

    private static List<MemberKey> sessions(int count) {
        return IntStream.range(0, count).mapToObj(MemberLeasesTest::session).toList();
    }

    private static long at(double seconds) {
        return (long) (seconds * 1e9);
    }

    /** Ticks each second up to and including {@code to}; what expired, in order. */
    private List<MemberKey> tick(int from, int to) {
        List<MemberKey> gone = new ArrayList<>();
        for (int second = from; second <= to; second++) {
            gone.addAll(leases.onTick(at(second)));
        }
        return gone;
    }

    @Test
    void sessionGoesWhenItsLeaseIsOverAndNotBefore() {
        leases.onLeading(sessions(1), 0);
        assertThat(tick(1, 9)).isEmpty();
        assertThat(tick(10, 10)).containsExactly(session(0));
    }

    @Test
    void renewalBeginsAFullLease() {
        leases.onLeading(sessions(1), 0);
        tick(1, 8);
        leases.renew(session(0), at(8));
        assertThat(tick(9, 17)).isEmpty();
        assertThat(tick(18, 18)).containsExactly(session(0));
    }

    @Test
    void dataNodeGoesOnlyAfterItsAbsence() {
        MemberKey data = new MemberKey(new NodeId("d"), NodeRole.DATA);
        leases.onLeading(List.of(data), 0);
        assertThat(tick(1, 59)).isEmpty();
        assertThat(tick(60, 60)).containsExactly(data);
    }

    @Test
    void newLeaderGrantsEveryoneAFullLease() {
        leases.onLeading(sessions(3), 0);
        tick(1, 9);
        leases.onLeading(sessions(3), at(9));
        assertThat(tick(10, 18)).isEmpty();
    }

    @Test
    void lateTickExpiresNobodyAndGrantsAFullLease() {
        leases.onLeading(sessions(1), 0);
        tick(1, 5);
        double late = 5 + SETTINGS.tick().toMillis() / 1e3 + SETTINGS.lease().toMillis() / 3e3 + 0.001;
        assertThat(leases.onTick(at(late))).isEmpty();
        assertThat(leases.onTick(at(30))).as("a much later tick is late too").isEmpty();
        assertThat(tick(31, 39)).isEmpty();
        assertThat(tick(40, 40)).containsExactly(session(0));
    }

    @Test
    void neverMoreThanAThirdExpireWithinOneLease() {
        leases.onLeading(sessions(9), 0);
        assertThat(tick(1, 10)).hasSize(3);
        assertThat(tick(11, 19)).isEmpty();
        assertThat(tick(20, 20)).as("a third of the six that are left").hasSize(2);
    }

    @Test
    void thirdIsCountedOverTheLeaseNotOverTheTick() {
        List<MemberKey> all = sessions(6);
        leases.onLeading(all, 0);
        for (int second = 1; second <= 9; second++) {
            leases.onTick(at(second));
        }
        all.subList(2, 6).forEach(member -> leases.renew(member, at(3)));
        assertThat(tick(10, 10)).containsExactly(session(0), session(1));
        assertThat(tick(11, 19))
                .as("their leases end at 13, the third is used up until 20")
                .isEmpty();
    }

    @Test
    void atLeastOneMayExpireHoweverFewThereAre() {
        leases.onLeading(sessions(2), 0);
        assertThat(tick(1, 10)).hasSize(1);
        assertThat(tick(11, 20)).hasSize(1);
    }

    @Test
    void rolesDoNotShareTheirThird() {
        List<MemberKey> all = new ArrayList<>(sessions(1));
        all.add(new MemberKey(new NodeId("d"), NodeRole.DATA));
        leases.onLeading(all, 0);
        assertThat(tick(1, 60)).hasSize(2);
        assertThat(Duration.ofSeconds(60)).isEqualTo(SETTINGS.dataAbsence());
    }
}
