package io.twinspan.registry.node.session.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.session.ConfigPush;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ConfigPusherTest {
    private static final DataInfoId RULES = DataInfoId.of("com.example.rules");

    private final ManualClock time = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(time);
    private final ConfigPusher pusher = new ConfigPusher(
            new PushContext(loop, time.hybrid(), 1, new Random(1), new PushMetrics()), PushSettings.standard());
    private final FakeConnection connection = new FakeConnection(1);

    @Test
    void aWatcherIsAnsweredAtOnceAlsoWhenThereIsNothing() {
        watch();

        assertThat(connection.configs()).hasSize(1);
        assertThat(connection.configs().get(0).data()).isNull();
    }

    @Test
    void nothingEverKeepsALaterValueOut() {
        watch();
        value(1, "first");
        value(2, "second");
        value(2, null);
        value(3, "third");
        value(4, null);
        value(5, "fifth");

        assertThat(connection.configs())
                .extracting(ConfigPush::data)
                .containsExactly(null, "first", "second", null, "third", null, "fifth");
        assertThat(connection.configs())
                .extracting(ConfigPush::version)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void theNumberIsTheSameOnEverySession() {
        value(1_111_111_111_121L, "v");
        watch();

        assertThat(connection.configs().get(0).version()).isEqualTo(2_222_222_222_242L);
        assertThat(connection.configs().get(0).data()).isEqualTo("v");
    }

    @Test
    void anOlderValueChangesNothing() {
        value(5, "five");
        watch();
        value(4, "four");

        assertThat(connection.configs()).hasSize(1);
    }

    @Test
    void whoLeftIsPushedNothing() {
        watch();
        assertThat(pusher.unwatch(connection.number(), RULES, "w")).isTrue();
        value(1, "v");

        assertThat(connection.configs()).hasSize(1);
        assertThat(pusher.count()).isZero();
    }

    private void watch() {
        pusher.watch(connection, RULES, "w");
        loop.runDue();
    }

    private void value(long version, @Nullable String data) {
        pusher.onValue(new ProvidedValue(RULES, version, data, version));
        time.advance(Duration.ofMillis(1));
    }
}
