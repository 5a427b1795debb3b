package io.twinspan.registry.acvip.domain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.acvip.DomainAnswer;
import io.twinspan.registry.acvip.Duties;
import io.twinspan.registry.acvip.DutyView;
import io.twinspan.registry.acvip.HealthCheck;
import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.acvip.Vip;
import io.twinspan.registry.acvip.VipEndpoint;
import io.twinspan.registry.acvip.health.HealthSettings;
import io.twinspan.registry.acvip.health.ProbeResult;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ResolverTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final Place HERE = Place.in(EAST);
    private static final DomainName SESSIONS = DomainName.of("session.twinspan");
    private static final DomainName ORDERS = DomainName.of("orders");
    private static final Endpoint DB = new Endpoint("10.0.0.1", 80);
    private static final Duration AGE = Duration.ofSeconds(90);

    private final ManualEventLoop loop = new ManualEventLoop();
    private final Set<Endpoint> sick = new HashSet<>();
    private final SettableDuty duty = new SettableDuty();
    private final Services services = new Services();
    private final Resolver resolver = new Resolver(
            new Resolver.Ports(
                    loop,
                    EAST,
                    duty,
                    (at, check) -> CompletableFuture.completedFuture(new ProbeResult(!sick.contains(at), "looked")),
                    services),
            ResolverSettings.standard("twinspan"),
            HealthSettings.standard());

    @Test
    void theFederationsDomainsFollowDutyAndEpochAtOnce() {
        resolver.onFederation(federation(true, true));
        assertThat(hosts(ask(SESSIONS, HERE))).containsExactly("10.0.0.1:9600");
        assertThat(hosts(ask(SESSIONS, Place.in(WEST)))).containsExactly("10.1.0.1:9600");
        CompletableFuture<Poll.News> waiting =
                poll(SESSIONS, ask(SESSIONS, HERE).checksum());
        assertThat(waiting).isNotDone();

        duty.set(new Duties(new FederationEpoch(3, WEST), Map.of(EAST, Duty.DRAINING, WEST, Duty.ACTIVE)));
        loop.runDue();

        assertThat(waiting).isDone();
        Poll.News news = waiting.join();
        assertThat(news.duties().epoch()).isEqualTo(new FederationEpoch(3, WEST));
        assertThat(hosts(news.changed().get(0))).containsExactly("10.1.0.1:9600");
        assertThat(news.changed().get(0).draining()).containsExactly(EAST);
        assertThat(hosts(ask(SESSIONS, HERE))).containsExactly("10.1.0.1:9600");

        CompletableFuture<Poll.News> next = poll(SESSIONS, news.changed().get(0).checksum());
        duty.set(new Duties(new FederationEpoch(4, WEST), Map.of(EAST, Duty.STANDBY, WEST, Duty.ACTIVE)));
        loop.runDue();
        assertThat(next.join().changed().get(0).draining())
                .as("who stands by keeps whoever is still there")
                .isEmpty();
    }

    @Test
    void sessionsOfDatacentersAreNeverMixedAndNeverNoneWhileOneLives() {
        resolver.onFederation(federation(false, true));
        assertThat(hosts(ask(SESSIONS, HERE))).containsExactly("10.1.0.1:9600");

        duty.set(new Duties(new FederationEpoch(3, WEST), Map.of(EAST, Duty.STANDBY, WEST, Duty.ACTIVE)));
        resolver.onFederation(federation(true, false));
        assertThat(hosts(ask(SESSIONS, HERE))).containsExactly("10.0.0.1:9600");
        assertThat(hosts(ask(DomainName.of("console.twinspan"), HERE))).containsExactly("10.1.0.1:9615");
    }

    @Test
    void whoHasJustStartedDoesNotSayThatThereIsNothing() {
        services.shown.put("orders", List.of());
        assertThat(find(SESSIONS, HERE).state()).isEqualTo(Lookup.State.UNKNOWN);
        assertThat(find(ORDERS, HERE).state()).isEqualTo(Lookup.State.UNKNOWN);
        CompletableFuture<Poll.News> waiting = poll(ORDERS, "known elsewhere");
        assertThat(waiting).isNotDone();

        resolver.onVips(Map.of());
        loop.runDue();
        assertThat(find(ORDERS, HERE).state()).isEqualTo(Lookup.State.ABSENT);
        assertThat(waiting.join().gone()).containsExactly(ORDERS);
    }

    @Test
    void aPollIsAnsweredWhenItsDomainChangesAndOnlyThen() {
        resolver.onVips(Map.of("orders", vip("orders"), "other", vip("other")));
        CompletableFuture<Poll.News> waiting = poll(ORDERS, ask(ORDERS, HERE).checksum());
        loop.runDue();

        resolver.onVips(Map.of("orders", vip("orders")));
        loop.advance(Duration.ofSeconds(6));
        assertThat(waiting).isNotDone();

        sick.add(DB);
        loop.advance(Duration.ofSeconds(16));
        assertThat(waiting).isDone();
        assertThat(waiting.join().changed()).extracting(DomainAnswer::domain).containsExactly("orders");
        assertThat(waiting.join().changed().get(0).endpoints())
                .extracting(Candidate::isHealthy)
                .as("nobody is well, so all are answered")
                .containsExactly(false);
    }

    @Test
    void aPollWithoutNewsEndsWithItsTimeAndOneOfWhatIsGoneSaysSo() {
        resolver.onVips(Map.of("orders", vip("orders")));
        CompletableFuture<Poll.News> waiting = poll(ORDERS, ask(ORDERS, HERE).checksum());
        loop.advance(Duration.ofSeconds(29));
        assertThat(waiting).isNotDone();
        loop.advance(Duration.ofSeconds(1));
        assertThat(waiting.join().isNone()).isTrue();

        CompletableFuture<Poll.News> second = poll(ORDERS, ask(ORDERS, HERE).checksum());
        services.shown.put("orders", List.of());
        resolver.onVips(Map.of());
        loop.runDue();
        assertThat(second.join().gone()).containsExactly(ORDERS);
        assertThat(find(ORDERS, HERE).state()).isEqualTo(Lookup.State.ABSENT);
        assertThat(poll(ORDERS, ""))
                .as("who has nothing of it has nothing to hear")
                .isNotDone();
    }

    @Test
    void aServiceIsWhatASubscriberHereIsShownAndIsWatchedWhileSomebodyAsks() {
        assertThat(find(ORDERS, HERE).state()).isEqualTo(Lookup.State.UNKNOWN);
        services.shown.put("orders", List.of(Candidate.well(DB, EAST, "Z", 100)));

        DomainAnswer answer = ask(ORDERS, HERE);
        assertThat(hosts(answer)).containsExactly("10.0.0.1:80");
        CompletableFuture<Poll.News> waiting = poll(ORDERS, answer.checksum());
        services.shown.put("orders", List.of(Candidate.well(new Endpoint("10.0.0.2", 80), EAST, "Z", 100)));
        services.tell("orders");

        assertThat(hosts(waiting.join().changed().get(0))).containsExactly("10.0.0.2:80");
        assertThat(find(ORDERS, Place.in(WEST)).why()).contains("answered by resolvers there");
    }

    @Test
    void aVipMayStandForAService() {
        DataInfoId service = new DataInfoId("com.example.Pay", "I", "SOFA");
        resolver.onVips(Map.of("pay", new Vip("pay", List.of(), service, HealthCheck.NONE, 0)));
        services.shown.put("com.example.Pay", List.of(Candidate.well(DB, EAST, "Z", 100)));
        DomainName pay = DomainName.of("pay");
        CompletableFuture<Poll.News> waiting = poll(pay, ask(pay, HERE).checksum());

        services.shown.put("com.example.Pay", List.of());
        services.tell("com.example.Pay");

        assertThat(waiting.join().changed()).extracting(DomainAnswer::domain).containsExactly("pay");
        assertThat(find(pay, HERE).state())
                .as("a Vip is there also when it is empty")
                .isEqualTo(Lookup.State.FOUND);
        assertThat(services.watched).contains(service);
    }

    @Test
    void whatIsDecidedHereIsOfNowAndAServiceAsOldAsWhatWasHeardOfIt() {
        DataInfoId service = DataInfoId.of("com.example.Pay");
        resolver.onVips(
                Map.of("orders", vip("orders"), "pay", new Vip("pay", List.of(), service, HealthCheck.NONE, 0)));
        AnswerAges.Age ofNow = AnswerAges.NOW.of(EAST);
        AnswerAges.Age heard = new AnswerAges.Age(AGE, true);
        Map<String, AnswerAges.Age> expected =
                Map.of("session.twinspan", ofNow, "orders", ofNow, "pay", heard, "com.example.Pay", heard);
        expected.forEach((name, age) -> {
            CompletableFuture<AnswerAges> ages =
                    resolver.ages(DomainName.of(name)).toCompletableFuture();
            loop.runDue();
            assertThat(ages.join().of(EAST)).as(name).isEqualTo(age);
        });
    }

    @Test
    void aPollOfTenThousandDomainsIsRefusedWithBothNumbers() {
        Map<DomainName, String> many = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            many.put(DomainName.of("d" + i), "");
        }
        assertThatThrownBy(() -> resolver.poll(new Poll(HERE, many, Duration.ofSeconds(30))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10000")
                .hasMessageContaining("1 to 1000");
        assertThatThrownBy(() -> resolver.poll(new Poll(HERE, Map.of(ORDERS, ""), Duration.ofSeconds(61))))
                .hasMessageContaining("timeoutSeconds is 61");
        assertThatThrownBy(() -> resolver.poll(new Poll(HERE, Map.of(), Duration.ofSeconds(1))))
                .hasMessageContaining("names 0");
        assertThat(services.watched).isEmpty();
    }

    @Test
    void moreThanTheBoundDoNotWait() {
        Resolver small = new Resolver(
                new Resolver.Ports(loop, EAST, duty, (at, check) -> new CompletableFuture<>(), services),
                new ResolverSettings("twinspan", Duration.ofSeconds(5), 10, Duration.ofSeconds(60), 2, 10, 5_000),
                HealthSettings.standard());
        services.shown.put("orders", List.of());
        List<CompletableFuture<Poll.News>> polls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            polls.add(small.poll(new Poll(HERE, Map.of(ORDERS, ""), Duration.ofSeconds(30)))
                    .toCompletableFuture());
        }
        loop.runDue();

        assertThat(polls.get(1)).isNotDone();
        assertThat(polls.get(2)).isCompletedExceptionally();
        small.close();
        loop.runDue();
        assertThat(polls.get(0)).isCompleted();
    }

    @Test
    void namesInPollsCarryWhatAServiceNeeds() {
        DomainName name = DomainName.parse("com.example.Pay:1.0@DEFAULT?group=SOFA&instance=I&scope=zone");

        assertThat(name.service()).isEqualTo(new DataInfoId("com.example.Pay:1.0@DEFAULT", "I", "SOFA"));
        assertThat(name.scope()).isEqualTo(Scope.ZONE);
        assertThat(DomainName.parse(name.toString())).isEqualTo(name);
        assertThat(DomainName.parse("plain").toString()).isEqualTo("plain");
        assertThatThrownBy(() -> DomainName.parse("x?grp=SOFA")).hasMessageContaining("grp=SOFA");
    }

    private static List<String> hosts(DomainAnswer answer) {
        return answer.endpoints().stream()
                .map(each -> each.address().toString())
                .toList();
    }

    @Test
    void aReplyIsBoundedAndTheNextPollIsToldTheRest() {
        resolver.onVips(Map.of());
        services.shown.put("few", endpoints(1));
        services.shown.put("many", endpoints(16_000));
        services.shown.put("more", endpoints(18_000));
        services.shown.put("beyond", endpoints(24_000));
        Map<DomainName, String> known = new HashMap<>();
        services.shown.keySet().forEach(name -> known.put(DomainName.of(name), "none"));
        List<List<String>> told = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Poll.News> answer =
                    resolver.poll(new Poll(HERE, known, Duration.ZERO)).toCompletableFuture();
            loop.runDue();
            List<DomainAnswer> changed = answer.join().changed();
            changed.forEach(each -> known.put(DomainName.of(each.domain()), each.checksum()));
            told.add(changed.stream().map(DomainAnswer::domain).toList());
        }
        assertThat(told).containsExactly(List.of("few", "many"), List.of("more"), List.of("beyond"));
    }

    private static List<Candidate> endpoints(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Candidate.well(new Endpoint("host" + i, 80), EAST, "", 100))
                .toList();
    }

    private DomainAnswer ask(DomainName name, Place place) {
        return requireNonNull(find(name, place).answer());
    }

    private Lookup find(DomainName name, Place place) {
        CompletableFuture<Lookup> found = resolver.ask(name, place).toCompletableFuture();
        loop.runDue();
        return found.join();
    }

    private CompletableFuture<Poll.News> poll(DomainName name, String checksum) {
        CompletableFuture<Poll.News> answer = resolver.poll(
                        new Poll(HERE, Map.of(name, checksum), Duration.ofSeconds(30)))
                .toCompletableFuture();
        loop.runDue();
        return answer;
    }

    private static Vip vip(String domain) {
        HealthCheck check =
                new HealthCheck(HealthCheck.Kind.TCP, "/", 2, 3, Duration.ofSeconds(5), Duration.ofSeconds(1));
        return new Vip(domain, List.of(new VipEndpoint(DB, EAST, "", 100)), null, check, 0);
    }

    private static Federation federation(boolean isEastLiving, boolean isWestLiving) {
        return new Federation(
                List.of(
                        new Candidate(new Endpoint("10.0.0.1", 9600), EAST, "", 100, isEastLiving, "heard"),
                        new Candidate(new Endpoint("10.1.0.1", 9600), WEST, "", 100, isWestLiving, "heard")),
                List.of(
                        Candidate.well(new Endpoint("10.0.0.1", 9615), EAST, "", 100),
                        Candidate.well(new Endpoint("10.1.0.1", 9615), WEST, "", 100)),
                Map.of());
    }

    private static final class SettableDuty implements DutyView {
        private final List<Runnable> listeners = new ArrayList<>();
        private Duties current = Duties.UNDECIDED;

        @Override
        public Duties current() {
            return current;
        }

        @Override
        public void onChange(Runnable listener) {
            listeners.add(listener);
        }

        void set(Duties newer) {
            current = newer;
            listeners.forEach(Runnable::run);
        }
    }

    private final class Services implements ServiceSource {
        private final Map<String, List<Candidate>> shown = new HashMap<>();
        private final List<DataInfoId> watched = new ArrayList<>();
        private BiConsumer<DataInfoId, Scope> listener = (service, scope) -> {};

        @Override
        public CompletionStage<Void> watch(DataInfoId service, Scope scope, Duration needed) {
            watched.add(service);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public @Nullable List<Candidate> current(DataInfoId service, Scope scope) {
            return shown.get(service.dataId());
        }

        @Override
        public CompletionStage<AnswerAges> ages(DataInfoId service, Scope scope) {
            return CompletableFuture.completedFuture(datacenter -> new AnswerAges.Age(AGE, true));
        }

        @Override
        public void onChange(BiConsumer<DataInfoId, Scope> newListener) {
            listener = newListener;
        }

        void tell(String name) {
            loop.execute(() -> listener.accept(DataInfoId.of(name), Scope.GLOBAL));
            loop.runDue();
        }
    }
}
