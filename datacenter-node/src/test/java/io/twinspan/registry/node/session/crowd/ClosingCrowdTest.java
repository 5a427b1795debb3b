package io.twinspan.registry.node.session.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datum.DataInfoId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClosingCrowdTest {
    private static final DataInfoId PAY = DataInfoId.of("com.example.Pay");
    private static final DataInfoId SHIP = DataInfoId.of("com.example.Ship");

    private final ClosingCrowd crowd = new ClosingCrowd(CrowdSettings.standard());

    @ParameterizedTest(name = "{0} connections, {1} close {2} ms apart: the last one is kept: {3}")
    @CsvSource({
        "1000, 1, 0, false",
        "1000, 100, 0, false",
        "1000, 101, 0, true",
        "1000, 101, 49, true",
        "1000, 101, 60, false",
        "1000, 500, 100, false",
        "20, 9, 0, false",
        "20, 10, 0, true",
        "5, 5, 0, false",
    })
    void closingsAreACrowdWhenTheyAreManyOfTheSessionWithinTheWindow(
            int connections, int closing, long apartMillis, boolean isKept) {
        ClosingCrowd.Verdict last = ClosingCrowd.Verdict.NOTHING;
        for (int i = 1; i <= closing; i++) {
            last = crowd.onClosed(Duration.ofMillis(i * apartMillis).toNanos(), connections - i, List.of());
        }

        assertThat(last.isWhole()).isEqualTo(isKept);
    }

    @ParameterizedTest(name = "{0} publishers of a service, {1} close: the last one is kept: {2}")
    @CsvSource({
        "2, 1, false",
        "2, 2, false",
        "3, 2, false",
        "3, 3, true",
        "9, 3, true",
        "10, 3, false",
        "10, 4, true",
        "100, 30, false",
        "100, 31, true",
    })
    void ofOneServiceFewerClosingsAreACrowd(int publishers, int closing, boolean isKept) {
        ClosingCrowd.Verdict last = ClosingCrowd.Verdict.NOTHING;
        for (int i = 1; i <= closing; i++) {
            last = crowd.onClosed(i, 10_000, List.of(new ClosingCrowd.Share(PAY, 1, publishers - i)));
        }

        assertThat(last.isWhole()).isFalse();
        assertThat(last.keeps(PAY)).isEqualTo(isKept);
        assertThat(last.keeps(SHIP)).isFalse();
    }

    @Test
    void oneClientWithAllRegistrationsOfAServiceIsNoCrowd() {
        assertThat(crowd.onClosed(1, 10_000, List.of(new ClosingCrowd.Share(PAY, 50, 0)))
                        .keeps(PAY))
                .isFalse();
    }

    @Test
    void afterTheWindowASingleClosingIsSingleAgain() {
        for (int i = 1; i <= 50; i++) {
            crowd.onClosed(i, 100 - i, List.of(new ClosingCrowd.Share(PAY, 1, 100 - i)));
        }
        long later = Duration.ofSeconds(6).toNanos();

        assertThat(crowd.onClosed(later, 49, List.of(new ClosingCrowd.Share(PAY, 1, 49))))
                .isEqualTo(ClosingCrowd.Verdict.NOTHING);
    }

    @Test
    void whatIsRememberedIsBounded() {
        CrowdSettings few = new CrowdSettings(Duration.ofSeconds(5), 0.1, 10, 0.3, 3, Duration.ofSeconds(30), 10);
        ClosingCrowd bounded = new ClosingCrowd(few);
        ClosingCrowd.Verdict last = ClosingCrowd.Verdict.NOTHING;
        for (int i = 1; i <= 100; i++) {
            last = bounded.onClosed(i, 20, List.of());
        }

        assertThat(last.isWhole()).isTrue();
    }

    @Test
    void aSettingThatCannotWorkIsRefusedByName() {
        assertThatThrownBy(() -> CrowdSettings.standard().withKeep(Duration.ofHours(1)))
                .hasMessageContaining("session.crowd-keep")
                .hasMessageContaining("PT1H");
        assertThatThrownBy(() -> new CrowdSettings(Duration.ofSeconds(5), 0, 1, 0.3, 3, Duration.ofSeconds(30), 10))
                .hasMessageContaining("session.crowd-share-of-session");
    }
}
