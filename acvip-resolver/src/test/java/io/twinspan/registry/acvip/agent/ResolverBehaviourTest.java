package io.twinspan.registry.acvip.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.acvip.agent.ResolverSubject.Kind;
import io.twinspan.registry.acvip.client.FixtureResolver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application may rely on, whether it embeds the library or asks the agent: one kit for both, over the real wire. */
class ResolverBehaviourTest {
    private static final String SESSIONS = "session.twinspan";

    @TempDir
    Path folder;

    private final FixtureResolver east = new FixtureResolver("east");
    private final FixtureResolver west = new FixtureResolver("west");

    static Stream<Kind> kinds() {
        return ResolverSubject.kinds();
    }

    @AfterEach
    void close() {
        east.close();
        west.close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anAnswerIsGivenAtOnceAndAChangeIsSeenSoon(Kind kind) {
        east.set(SESSIONS, "10.0.0.1:9600");
        try (ResolverSubject subject = kind.start(folder, east)) {
            assertThat(subject.ask(SESSIONS)).isEqualTo(said("FRESH", "", "10.0.0.1:9600"));
            east.set(SESSIONS, "10.0.0.2:9600", "10.0.0.3:9600");
            soon().until(() -> subject.ask(SESSIONS).equals(said("FRESH", "", "10.0.0.2:9600", "10.0.0.3:9600")));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aDomainMayBeAbsentComeAndGo(Kind kind) {
        try (ResolverSubject subject = kind.start(folder, east)) {
            assertThat(subject.ask("orders").state()).isEqualTo("ABSENT");
            east.set("orders", "10.0.0.7:80");
            soon().until(() -> subject.ask("orders").addresses().contains("10.0.0.7:80"));
            east.remove("orders");
            soon().until(() -> subject.ask("orders").state().equals("ABSENT"));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whenOneServerIsGoneAnotherAnswersAndNothingIsOld(Kind kind) {
        FixtureResolver second = new FixtureResolver("east");
        try (second;
                ResolverSubject subject = kind.start(folder, east, second)) {
            east.set(SESSIONS, "10.0.0.1:9600");
            second.set(SESSIONS, "10.0.0.1:9600");
            soon().until(() -> subject.ask(SESSIONS).state().equals("FRESH"));
            east.stop();
            second.set(SESSIONS, "10.0.0.2:9600");
            soon().until(() -> subject.ask(SESSIONS).equals(said("FRESH", "", "10.0.0.2:9600")));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void withoutServersTheSameIsAnsweredMarkedOldAlsoAfterARestart(Kind kind) {
        east.follow("7/west");
        east.set(SESSIONS, "10.0.0.1:9600", "10.0.0.2:9600");
        east.set("orders?group=SOFA", "10.0.0.7:80");
        try (ResolverSubject subject = kind.start(folder, east)) {
            assertThat(subject.ask(SESSIONS).state()).isEqualTo("FRESH");
            assertThat(subject.ask("orders?group=SOFA&scope=global").addresses())
                    .containsExactly("10.0.0.7:80");
            east.stop();
            soon().until(() -> subject.ask(SESSIONS).state().equals("OLD"));
            assertThat(subject.ask(SESSIONS).addresses()).containsExactly("10.0.0.1:9600", "10.0.0.2:9600");
        }
        try (ResolverSubject restarted = kind.start(folder, east)) {
            assertThat(restarted.ask(SESSIONS).state()).isEqualTo("OLD");
            assertThat(restarted.ask(SESSIONS).epoch()).isEqualTo("7/west");
            assertThat(restarted.ask(SESSIONS).addresses()).containsExactly("10.0.0.1:9600", "10.0.0.2:9600");
            assertThat(restarted.ask("orders?group=SOFA").addresses()).containsExactly("10.0.0.7:80");
            assertThat(restarted.ask("never-heard-of").state()).isEqualTo("UNKNOWN");

            east.start();
            soon().until(() -> restarted.ask(SESSIONS).state().equals("FRESH"));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void nothingIsAnsweredUnderALowerEpochThanWasSeenAlsoAfterARestart(Kind kind) {
        east.follow("8/west");
        east.setIn("west", SESSIONS, "10.9.0.1:9600");
        try (ResolverSubject subject = kind.start(folder, east)) {
            assertThat(subject.ask(SESSIONS)).isEqualTo(said("FRESH", "8/west", "10.9.0.1:9600"));
        }
        east.stop();
        west.follow("7/east");
        west.set(SESSIONS, "10.0.0.1:9600");
        try (ResolverSubject restarted = kind.start(folder, west)) {
            await().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> restarted.ask(SESSIONS).addresses().contains("10.9.0.1:9600"));
            assertThat(restarted.ask(SESSIONS).state()).isEqualTo("OLD");
            assertThat(restarted.ask(SESSIONS).epoch()).isEqualTo("8/west");

            west.follow("1009/east");
            await().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> restarted.ask(SESSIONS).epoch().equals("8/west"));
            west.follow("9/east");
            soon().until(() -> restarted.ask(SESSIONS).equals(said("FRESH", "9/east", "10.0.0.1:9600")));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aDecisionThatOnlyTheOtherDatacenterHasHeardOfIsFollowed(Kind kind) {
        east.follow("7/east");
        west.follow("7/east");
        east.set(SESSIONS, "10.0.0.1:9600");
        west.setIn("east", SESSIONS, "10.0.0.1:9600");
        east.list(east, west);
        west.list(east, west);
        try (ResolverSubject subject = kind.start(folder, east)) {
            assertThat(subject.ask(SESSIONS).addresses()).containsExactly("10.0.0.1:9600");
            west.set(SESSIONS, "10.9.0.1:9600");
            west.follow("8/west");
            soon().until(() -> subject.ask(SESSIONS).equals(said("FRESH", "8/west", "10.9.0.1:9600")));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aNameThatServersRefuseTakesNothingFromTheOthers(Kind kind) {
        east.set(SESSIONS, "10.0.0.1:9600");
        try (ResolverSubject subject = kind.start(folder, east)) {
            assertThat(subject.ask(SESSIONS)).isEqualTo(said("FRESH", "", "10.0.0.1:9600"));
            assertThat(subject.ask("a.Foo#@#DEFAULT_INSTANCE_ID#@#SOFA").state())
                    .isEqualTo("UNKNOWN");
            east.set(SESSIONS, "10.0.0.2:9600");
            soon().until(() -> subject.ask(SESSIONS).equals(said("FRESH", "", "10.0.0.2:9600")));
        }
    }

    private static ResolverSubject.Said said(String state, String epoch, String... addresses) {
        return new ResolverSubject.Said(state, java.util.List.of(addresses), 0, epoch);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }
}
