package io.twinspan.registry.node.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.acvip.domain.Federation;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.FetchLiveSessions;
import io.twinspan.registry.message.FetchSessionLoad;
import io.twinspan.registry.message.LiveSessions;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SessionLoad;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class FederationWatchTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final Member SELF = session("a", EAST);
    private static final Member OTHER = session("b", EAST);
    private static final Member FAR = session("w", WEST);
    private static final Endpoint META_1 = new Endpoint("meta-1", 9612);
    private static final Endpoint META_2 = new Endpoint("meta-2", 9612);

    private final ManualEventLoop loop = new ManualEventLoop();
    private final Network network = new Network();
    private final Set<NodeId> draining = new HashSet<>();
    private final SessionPulse pulse = new SessionPulse(SELF.node(), loop, network);
    private final List<Federation> told = new ArrayList<>();
    private final FederationWatch watch = new FederationWatch(
            EAST,
            loop,
            new FederationWatch.OwnSite() {
                @Override
                public List<FederationWatch.Standing> look() {
                    pulse.ask(List.of(SELF, OTHER));
                    return FederationWatch.standings(List.of(SELF, OTHER), SELF, draining, pulse);
                }

                @Override
                public List<Endpoint> consoles() {
                    return List.of(new Endpoint("meta", 9615));
                }
            },
            List.of(new SiteWatch(WEST, List.of(META_1, META_2), loop, network, () -> {})),
            List.of(new Endpoint("alone", 9603)),
            told::add);

    @Test
    void aSessionThatDoesNotAnswerIsOutWithinASecondAndBackWhenItDoes() {
        network.sessions.put(WEST, List.of(FAR));
        watch.start();
        loop.advance(Duration.ofSeconds(1));
        assertThat(healthy()).containsExactlyInAnyOrder("a:9600", "b:9600", "w:9600");

        network.dead.add(OTHER.endpoint(NodePort.SESSION_FOR_SESSION));
        loop.advance(Duration.ofSeconds(1));
        assertThat(healthy()).doesNotContain("b:9600").contains("a:9600");

        network.dead.clear();
        loop.advance(Duration.ofSeconds(1));
        assertThat(healthy()).contains("b:9600");
    }

    @Test
    void aSessionThatStandsStillIsOutWithinASecondToo() {
        watch.start();
        loop.advance(Duration.ofSeconds(1));
        network.silent.add(OTHER.endpoint(NodePort.SESSION_FOR_SESSION));
        loop.advance(Duration.ofSeconds(1));
        assertThat(healthy()).doesNotContain("b:9600");
    }

    @Test
    void whoDrainsIsNotToldUnlessAllDo() {
        watch.start();
        draining.add(OTHER.node());
        loop.advance(Duration.ofMillis(300));
        assertThat(healthy()).containsExactly("a:9600");
        draining.add(SELF.node());
        loop.advance(Duration.ofMillis(300));
        assertThat(healthy()).containsExactly("a:9600", "b:9600");
    }

    @Test
    void theNextMetaIsAskedWhenOneIsAwayAndWithNoneThePeersSessionsCountAsGone() {
        network.sessions.put(WEST, List.of(FAR));
        network.dead.add(META_1);
        watch.start();
        loop.advance(Duration.ofSeconds(1));
        assertThat(healthy()).contains("w:9600");

        network.dead.add(META_2);
        loop.advance(Duration.ofSeconds(4));
        assertThat(healthy()).doesNotContain("w:9600");
        assertThat(last().sessions()).extracting(Candidate::health).contains("its datacenter's metas do not answer");

        network.dead.clear();
        loop.advance(Duration.ofSeconds(4));
        assertThat(healthy()).contains("w:9600");
        assertThat(last().resolvers().get(EAST))
                .containsExactly(new Endpoint("a", 9603), new Endpoint("b", 9603), new Endpoint("alone", 9603));
        assertThat(last().resolvers().get(WEST)).containsExactly(new Endpoint("w", 9603));
        assertThat(last().consoles())
                .extracting(each -> each.address().toString())
                .contains("meta:9615", "meta-1:9615", "meta-2:9615");
    }

    @Test
    void nothingIsToldWhileNothingChanges() {
        watch.start();
        loop.advance(Duration.ofSeconds(1));
        int before = told.size();
        loop.advance(Duration.ofSeconds(30));
        assertThat(told).hasSize(before);
    }

    private Federation last() {
        return told.get(told.size() - 1);
    }

    private List<String> healthy() {
        return last().sessions().stream()
                .filter(Candidate::isHealthy)
                .map(each -> each.address().toString())
                .toList();
    }

    private static Member session(String node, DatacenterId datacenter) {
        return new Member(
                new NodeId(node),
                datacenter,
                NodeRole.SESSION,
                Map.of(
                        NodePort.SESSION_CLIENT, new Endpoint(node, 9600),
                        NodePort.SESSION_HTTP, new Endpoint(node, 9603),
                        NodePort.SESSION_FOR_SESSION, new Endpoint(node, 9604)),
                1);
    }

    private final class Network implements PeerClient {
        private final Set<Endpoint> dead = new HashSet<>();
        private final Set<Endpoint> silent = new HashSet<>();
        private final Map<DatacenterId, List<Member>> sessions = new HashMap<>();

        @Override
        @SuppressWarnings("unchecked")
        public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
            CompletableFuture<Object> answer = new CompletableFuture<>();
            loop.schedule(timeout, () -> answer.completeExceptionally(new PeerException("late")));
            if (silent.contains(to)) {
                return (CompletionStage<R>) answer;
            }
            if (dead.contains(to)) {
                answer.completeExceptionally(new PeerException("refused"));
            } else if (request instanceof FetchSessionLoad) {
                answer.complete(new SessionLoad(1, 0, false, 0, List.of()));
            } else if (request instanceof FetchLiveSessions question) {
                List<Member> live = sessions.getOrDefault(WEST, List.of());
                LiveSessions now = new LiveSessions(WEST, live.hashCode() | 1, live);
                Duration hold = question.known() == now.mark() ? FetchLiveSessions.HOLD : Duration.ZERO;
                loop.schedule(hold, () -> answer.complete(now));
            }
            return (CompletionStage<R>) answer;
        }
    }
}
