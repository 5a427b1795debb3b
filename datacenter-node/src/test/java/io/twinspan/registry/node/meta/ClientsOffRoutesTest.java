package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.message.FetchClientsOff;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.node.meta.MetaCommand.CreateIncarnation;
import io.twinspan.registry.node.meta.proto.StoredState;
import io.twinspan.registry.policy.ClientsOff;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.slot.Incarnation;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class ClientsOffRoutesTest {
    private static final Map<String, ClientsOff.Note> SEVEN = Map.of("10.0.0.7", new ClientsOff.Note("disk", 5));

    private final InMemoryCommandLog.Disk disk = new InMemoryCommandLog.Disk();
    private final InMemoryCommandLog log = new InMemoryCommandLog(disk, true);
    private final MetaFixture meta = new MetaFixture(log);
    private final MockMvc http =
            MockMvcBuilders.routerFunctions(new MetaRoutes(meta.role).routes()).build();

    @ParameterizedTest
    @ValueSource(strings = {"/clientManager", "/api/clientManager"})
    void whatIsTakenOutIsShownAndFetchedBySessionsAndNamedInRenewalsUntilItIsPutOn(String prefix) throws Exception {
        assertThat(get(prefix + "/query"))
                .isEqualTo("{\"success\":true,\"message\":null,\"data\":{\"version\":\"0\",\"clientOffAddress\":{}}}");

        MockHttpServletResponse answer = post(prefix + "/clientOff", "ips=10.0.0.7%3B10.0.0.8;&reason=bad+disk");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString()).contains("\"success\":true").contains("2 addresses");
        ClientsOff stored = meta.role.state().clientsOff();
        assertThat(stored.clients()).containsOnlyKeys("10.0.0.7", "10.0.0.8");
        assertThat(get(prefix + "/query"))
                .contains("\"version\":\"" + stored.version() + "\"")
                .contains("\"10.0.0.7\":{\"address\":\"10.0.0.7\",\"pub\":true,\"sub\":true,\"reason\":\"bad disk\"");
        assertThat(meta.answer(new FetchClientsOff())).isEqualTo(stored);
        assertThat(meta.renew(MetaFixture.session("s1")).clientsOffVersion()).isEqualTo(stored.version());

        assertThat(post(prefix + "/clientOpen", "ips=10.0.0.7").getStatus()).isEqualTo(200);
        ClientsOff left = meta.role.state().clientsOff();
        assertThat(left.clients()).containsOnlyKeys("10.0.0.8");
        assertThat(left.version()).isGreaterThan(stored.version());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reason=x | ips is missing",
                "ips= | ips is missing",
                "ips=; | ips names no address",
                "ips=10.0.0.8;10.0.0.300 | ips has '10.0.0.300'",
                "ips=10.0.0.8:9600 | ips has '10.0.0.8:9600'",
                "ips=host.example | ips has 'host.example'"
            })
    void whatIsNoAddressIsRefusedByNameAndChangesNothing(String body, String why) throws Exception {
        post("/clientManager/clientOff", "ips=10.0.0.7");
        ClientsOff before = meta.role.state().clientsOff();

        for (String path : new String[] {"/clientManager/clientOff", "/clientManager/clientOpen"}) {
            assertThatThrownBy(() -> post(path, body))
                    .hasCauseInstanceOf(IllegalArgumentException.class)
                    .hasStackTraceContaining(why);
        }
        assertThatThrownBy(() -> post("/clientManager/clientOff", "ips=10.0.0.8&reason=" + "x".repeat(501)))
                .hasStackTraceContaining("reason is longer than 500");
        assertThat(meta.role.state().clientsOff()).isEqualTo(before);
    }

    @Test
    void aFollowerSendsCallsOnToTheLeader() throws Exception {
        log.follow(RecordingLeader.RAFT);
        meta.leader.answer = new OperatorAnswer(409, "{\"success\":false}");

        assertThat(post("/clientManager/clientOff", "ips=10.0.0.7").getStatus()).isEqualTo(409);

        assertThat(meta.leader.asked).containsExactly(new OperatorCall("/clientManager/clientOff", "", "ips=10.0.0.7"));
    }

    @Test
    void theListSurvivesTheGroupsSnapshotAndABackupAndARebuild() throws Exception {
        post("/clientManager/clientOff", "ips=10.0.0.7&reason=disk");
        ClientsOff list = meta.role.state().clientsOff();
        log.snapshot().toCompletableFuture().join();

        assertThat(new MetaFixture(new InMemoryCommandLog(disk, true))
                        .role
                        .state()
                        .clientsOff())
                .isEqualTo(list);
        MetaState restored = group(1).apply(new RestoreState(
                Backup.read(MetaFixture.EAST, Backup.write(MetaFixture.EAST, meta.role.state()))));
        assertThat(restored.clientsOff().clients()).isEqualTo(list.clients());
        assertThat(restored.clientsOff().version()).isGreaterThan(list.version());
        MetaState rebuilt = MetaState.EMPTY.apply(new RebuildGroup(new Incarnation(2, 8), meta.role.state()));
        assertThat(rebuilt.clientsOff().clients()).isEqualTo(list.clients());
        assertThat(rebuilt.clientsOff().version()).isGreaterThan(list.version());
    }

    @Test
    void aSnapshotOfAnEarlierReleaseHasNobodyOffAndOneWithoutAListIsReadByThatRelease() throws Exception {
        MetaState state = group(1_000);

        assertThat(StoredState.parseFrom(MetaCodec.encode(state)).hasClientsOff())
                .isFalse();
        assertThat(MetaCodec.decodeState(MetaCodec.encode(state))).isEqualTo(state);
        MetaState off = state.apply(new SetClientsOff(0, SEVEN));
        assertThat(MetaCodec.decodeState(MetaCodec.encode(off))).isEqualTo(off);
        SetClientsOff command = new SetClientsOff(3, SEVEN);
        assertThat(MetaCodec.decodeCommand(MetaCodec.encode(command))).isEqualTo(command);
    }

    @Test
    void whoeverHasNotSeenTheNewestListIsRefusedAndALaterGroupsListIsNewer() {
        MetaState before = group(1_000_000).apply(new SetClientsOff(0, SEVEN));
        MetaState later = group(2_000_000).apply(new SetClientsOff(0, Map.of()));

        assertThat(new SetClientsOff(0, Map.of()).refusal(before))
                .contains("has version " + before.clientsOff().version())
                .contains("is of version 0");
        assertThat(later.clientsOff().version())
                .isGreaterThan(before.clientsOff().version());
        assertThat(later.apply(new RestoreState(before)).clientsOff()).isEqualTo(later.clientsOff());
    }

    @Test
    void aChangeThatComesSecondIsMadeUponTheFirst() {
        MetaReplica replica = new MetaReplica(leads -> {});
        InMemoryCommandLog group = new InMemoryCommandLog();
        group.start(replica);
        group.propose(MetaCodec.encode(new CreateIncarnation(new Incarnation(1_000, 1))));
        AtomicBoolean isFirst = new AtomicBoolean(true);
        CommandLog raced = (CommandLog) Proxy.newProxyInstance(
                CommandLog.class.getClassLoader(), new Class<?>[] {CommandLog.class}, (proxy, method, arguments) -> {
                    if (isFirst.getAndSet(false)) {
                        group.propose(MetaCodec.encode(new SetClientsOff(0, SEVEN)));
                    }
                    return method.invoke(group, arguments);
                });
        ManualEventLoop loop = new ManualEventLoop();
        ClientsOffDesk desk = new ClientsOffDesk(
                replica,
                new MetaPorts(
                        raced,
                        loop.clock().hybrid(),
                        new Random(7),
                        new MetaNeighbours(meta.leader, List.of(), to -> to),
                        loop));

        assertThat(Objects.requireNonNull(desk.changes().get("/clientManager/clientOff"))
                        .apply(new OperatorCall("/clientManager/clientOff", "", "ips=10.0.0.8"))
                        .toCompletableFuture())
                .isCompletedWithValueMatching(answer -> answer.status() == OperatorAnswers.OK);
        assertThat(replica.state().clientsOff().clients()).containsOnlyKeys("10.0.0.7", "10.0.0.8");
    }

    private static MetaState group(long createdMillis) {
        return MetaState.EMPTY.apply(new CreateIncarnation(new Incarnation(createdMillis, 1)));
    }

    private String get(String path) throws Exception {
        return http.perform(MockMvcRequestBuilders.get(path))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private MockHttpServletResponse post(String path, String form) throws Exception {
        return http.perform(MockMvcRequestBuilders.post(path)
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .content(form))
                .andReturn()
                .getResponse();
    }
}
