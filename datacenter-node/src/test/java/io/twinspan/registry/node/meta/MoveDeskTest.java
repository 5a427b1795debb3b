package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.federation.MoveProgress;
import io.twinspan.registry.federation.MoveStage;
import io.twinspan.registry.federation.MoveView;
import io.twinspan.registry.message.FetchMove;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.MoveStanding;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.ShareMove;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metas of two datacenters and the door by which moves are ordered. */
final class MoveDeskTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");

    private final ManualClock time = new ManualClock();
    private final Map<DatacenterId, MetaRole> metas = new HashMap<>();
    private final Map<DatacenterId, InMemoryCommandLog> logs = new HashMap<>();
    private boolean isCut;

    @BeforeEach
    void start() {
        meta(EAST, WEST);
        meta(WEST, EAST);
        time.runDue();
        pass(1);
    }

    private void meta(DatacenterId own, DatacenterId peer) {
        ManualEventLoop loop = new ManualEventLoop(time);
        PeerClient client = new PeerClient() {
            @Override
            public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
                return isCut
                        ? CompletableFuture.failedFuture(new PeerException("cut"))
                        : role(peer).dispatcher().dispatch(request, new Caller(own, new NodeId("m"), NodeRole.META));
            }
        };
        InMemoryCommandLog log = new InMemoryCommandLog();
        logs.put(own, log);
        MetaRole role = new MetaRole(
                own,
                new MetaPorts(
                        log,
                        time.hybrid(),
                        new Random(7),
                        new MetaNeighbours(
                                client, List.of(), to -> to, Map.of(peer, List.of(new Endpoint(peer.name(), 9612)))),
                        loop),
                MetaSettings.standard());
        metas.put(own, role);
        role.start();
    }

    private MetaRole role(DatacenterId of) {
        return Objects.requireNonNull(metas.get(of));
    }

    private static Member member(DatacenterId of, NodeRole role, NodePort port) {
        return new Member(
                new NodeId(of + "-" + role.name().charAt(0)), of, role, Map.of(port, new Endpoint(of.name(), 9600)), 1);
    }

    private static Member session(DatacenterId of) {
        return member(of, NodeRole.SESSION, NodePort.SESSION_CLIENT);
    }

    private LeaseGrant renew(Member member, @Nullable MoveProgress progress) {
        return ask(member.datacenter(), new RenewLease(member, List.of(), true, 0, progress));
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            for (DatacenterId each : List.of(EAST, WEST)) {
                ask(each, new RenewLease(session(each), List.of()));
            }
            time.advance(Duration.ofSeconds(1));
        }
    }

    private <R> R ask(DatacenterId of, Request<R> request) {
        CompletableFuture<R> answer = role(of).dispatcher()
                .dispatch(request, new Caller(of, new NodeId("caller"), NodeRole.SESSION))
                .toCompletableFuture();
        time.runDue();
        assertThat(answer).isDone();
        return answer.join();
    }

    private OperatorAnswer set(DatacenterId of, String body) {
        return ask(of, new OperatorCall(MoveDesk.SET, "", body));
    }

    private static String order(String stage) {
        return "{\"run\":\"f1\",\"epoch\":7,\"issuer\":\"west\",\"source\":\"east\",\"target\":\"west\",\"stage\":\""
                + stage + "\"}";
    }

    private MoveOrder holds(DatacenterId of) {
        return role(of).moving().current().orElseThrow();
    }

    private MoveView view(DatacenterId of) {
        return ask(of, new FetchMove());
    }

    @Test
    void anOrderGivenToEitherSideHoldsOnBothAndTheTargetsAnswerIsItsGrant() {
        assertThat(set(WEST, order("prepared")).status()).isEqualTo(200);
        pass(2);
        assertThat(holds(EAST)).isEqualTo(holds(WEST));
        assertThat(view(EAST).isGranted()).as("prepared only").isFalse();

        assertThat(set(EAST, order("committed")).status()).isEqualTo(200);
        pass(3);
        assertThat(holds(WEST).stage()).isEqualTo(MoveStage.COMMITTED);
        assertThat(view(EAST).isGranted()).isTrue();
        assertThat(view(EAST).servers()).containsExactly(new Endpoint("west", 9600));
        assertThat(view(WEST).isGranted()).isFalse();
        assertThat(renew(session(EAST), MoveProgress.none("f1")).moveVersion())
                .isEqualTo(view(EAST).version());
    }

    @Test
    void aTargetThatIsNotHeardGrantsNothing() {
        set(EAST, order("committed"));
        pass(3);
        assertThat(view(EAST).isGranted()).isTrue();
        isCut = true;
        pass(7);
        assertThat(view(EAST).isGranted()).isFalse();
        assertThat(holds(EAST).stage()).as("the order holds all the same").isEqualTo(MoveStage.COMMITTED);
        isCut = false;
        pass(3);
        assertThat(view(EAST).isGranted()).isTrue();
    }

    /** One that has just started does not lead yet; a failure of another kind would be reported as a fault of the program. */
    @Test
    void aMetaThatDoesNotLeadSaysSoToTheOther() {
        Objects.requireNonNull(logs.get(WEST)).lead(false);
        time.runDue();
        CompletableFuture<?> answer = role(WEST)
                .dispatcher()
                .dispatch(
                        new ShareMove(EAST, new MoveStanding(null, false, List.of())),
                        new Caller(EAST, new NodeId("m"), NodeRole.META))
                .toCompletableFuture();
        time.runDue();
        assertThat(answer)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(PeerException.class)
                .withMessageContaining("does not lead");
    }

    @Test
    void anEndThatTheOtherSideMissedReachesItLater() {
        set(EAST, order("committed"));
        pass(2);
        isCut = true;
        assertThat(ask(WEST, new OperatorCall(MoveDesk.END, "run=f1", "")).status())
                .isEqualTo(200);
        pass(2);
        assertThat(holds(EAST).stage()).isEqualTo(MoveStage.COMMITTED);
        isCut = false;
        pass(2);
        assertThat(holds(EAST).stage()).isEqualTo(MoveStage.ENDED);
        assertThat(ask(WEST, new OperatorCall(MoveDesk.END, "run=f1", "")).status())
                .as("twice is the same as once")
                .isEqualTo(200);
        assertThat(ask(WEST, new OperatorCall(MoveDesk.END, "run=f9", "")).status())
                .isEqualTo(409);
    }

    @Test
    void whatNodesSayIsSummedAndTheSilentAreNamed() {
        set(EAST, order("prepared"));
        Member data = member(EAST, NodeRole.DATA, NodePort.DATA_FOR_SESSION);
        renew(session(EAST), MoveProgress.ofSession("f1", 12, 3, 4));
        String before = ask(EAST, new OperatorCall(MoveDesk.PATH, "", "")).body();
        assertThat(before).contains("\"connectionsLeft\":12", "\"closed\":3", "\"awaited\":4", "\"isReady\":false");

        renew(data, null);
        assertThat(ask(EAST, new OperatorCall(MoveDesk.PATH, "", "")).body()).contains("\"silent\":[\"east-D\"]");
        renew(data, new MoveProgress("f1", 0, 0, 0, 5, 6, 1, 2, 0, List.of("pay r1")));
        assertThat(role(EAST).moving().isReady()).as("2 are missing").isFalse();
        renew(data, new MoveProgress("f1", 0, 0, 0, 5, 6, 1, 0, 0, List.of("pay r1")));
        assertThat(ask(EAST, new OperatorCall(MoveDesk.PATH, "", "")).body())
                .contains(
                        "\"moving\":5",
                        "\"over\":6",
                        "\"overdue\":1",
                        "\"notOver\":[\"pay r1\"]",
                        "\"isReady\":true",
                        "\"silent\":[]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|400|missing",
                "nonsense|400|not JSON",
                "{'run':'f1','epoch':7,'issuer':'west','target':'west','colour':'red'}|400|colour",
                "{'run':'f 1','epoch':7,'issuer':'west','target':'west'}|400|not usable",
                "{'run':'f1','epoch':'x','issuer':'west','target':'west'}|400|epoch",
                "{'run':'f1','epoch':0,'issuer':'west','target':'west'}|400|the first is 1",
                "{'run':'f1','epoch':7,'issuer':'west','target':'east'}|400|where they are",
                "{'run':'f1','epoch':7,'issuer':'west','target':'south'}|400|unknown",
                "{'run':'f1','epoch':7,'issuer':'west','target':'west','stage':'done'}|400|none of",
                "{'run':'f0','epoch':7,'issuer':'west','target':'west','stage':'ended'}|409|no move",
            })
    void whatMakesNoSenseIsRefusedAndNothingHolds(String body, int status, String why) {
        OperatorAnswer answer = set(EAST, body.replace('\'', '"'));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains("\"success\":false", why);
        assertThat(role(EAST).moving().current()).isEmpty();
    }

    @Test
    void aSecondRunIsRefusedWhileTheFirstIsUnderWay() {
        set(EAST, order("committed"));
        OperatorAnswer other = set(EAST, order("prepared").replace("f1", "f2").replace("7", "8"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body()).contains("end it first");
    }

    @Test
    void theOrderIsInTheSnapshot() {
        set(EAST, order("committed"));
        MetaState state = role(EAST).state();
        assertThat(MetaCodec.decodeState(MetaCodec.encode(state)).move()).isEqualTo(holds(EAST));
    }
}
