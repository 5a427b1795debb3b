package io.twinspan.registry.node.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.node.session.push.PushSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SessionSettingsTest {
    @Test
    void theDefaultsAreTheDocumentedOnes() {
        SessionSettings settings = SessionSettings.standard();

        assertThat(settings.zone()).isEqualTo("DEFAULT_ZONE");
        assertThat(settings.ownFirstThreshold()).isEqualTo(1);
        assertThat(settings.renewEvery()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.auditEvery()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.mostChangeBytes()).isEqualTo(8 << 20);
        assertThat(settings.push().stampWindow()).isEqualTo(Duration.ofMillis(100));
        assertThat(SessionSettings.standard("Z9")).isEqualTo(withZone("Z9"));
    }

    @Test
    void aSettingThatCannotWorkIsRefusedByName() {
        assertThatThrownBy(() -> withZone(" ")).hasMessageContaining("session.zone");
        assertThatThrownBy(() -> new PushSettings(
                        Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ofMillis(1), 1, Duration.ofMillis(1)))
                .hasMessageContaining("push.stamp-window")
                .hasMessageContaining("PT1M");
    }

    private static SessionSettings withZone(String zone) {
        SessionSettings all = SessionSettings.standard();
        return new SessionSettings(
                zone,
                all.ownFirstThreshold(),
                all.renewEvery(),
                all.auditEvery(),
                all.callTimeout(),
                all.retryFirst(),
                all.retryMost(),
                all.mostChanges(),
                all.mostChangeBytes(),
                all.mostQueries(),
                all.mostQueued(),
                all.mostOffered(),
                all.mostTakenBack(),
                all.push(),
                all.crowd(),
                all.move(),
                all.away());
    }
}
