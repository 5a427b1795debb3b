package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.simulation.SlotTables;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTableEpoch;
import io.twinspan.registry.slot.plan.SlotPlanner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** What an earlier group knew, in the hands of a new one. */
class BackupTest {
    private static final Member D1 = MetaFixture.data("d1");
    private static final Member D2 = MetaFixture.data("d2");
    private static final DataInfoId RULE = DataInfoId.of("rule");
    private static final Incarnation LIFE = new Incarnation(1, 2);
    private static final MetaState EARLIER = MetaState.EMPTY
            .apply(new MetaCommand.CreateIncarnation(LIFE))
            .apply(new MetaCommand.PutMember(D1))
            .apply(new MetaCommand.PutMember(D2))
            .apply(new SlotCommand.InstallTable(
                    new SlotTableEpoch(LIFE, 1),
                    SlotTables.ledBy(SlotPlanner.first(LIFE, D1.node()), LIFE, List.of(D1.node(), D2.node()))))
            .apply(new MetaCommand.PutProvided(RULE, 7, "x"));
    private static final String TEXT = Backup.write(MetaFixture.EAST, EARLIER);

    private final MetaFixture meta = new MetaFixture();

    private OperatorAnswer restore(String text) {
        return meta.answer(new OperatorCall("/meta/restore", "", text));
    }

    @Test
    void newGroupKnowsWhatTheEarlierOneKnewAndKeepsItsOwnIncarnation() {
        MetaState before = meta.role.state();
        assertThat(restore(TEXT).status()).isEqualTo(200);
        MetaState after = meta.role.state();
        assertThat(after.incarnation()).isEqualTo(before.incarnation());
        assertThat(after.isMandated())
                .as("nodes may follow it in place of the earlier one")
                .isTrue();
        assertThat(after.members()).isEqualTo(EARLIER.members());
        assertThat(after.table().epoch()).isGreaterThan(before.table().epoch());
        for (SlotId slot :
                EARLIER.table().ledBy(D2.node()).stream().map(Slot::id).toList()) {
            Slot now = after.table().find(slot).orElseThrow();
            assertThat(now.leader()).isEqualTo(D2.node());
            assertThat(now.epoch())
                    .isGreaterThan(EARLIER.table().find(slot).orElseThrow().epoch());
        }
        assertThat(meta.answer(new FetchProvided(before.providedRevision())).values())
                .extracting(ProvidedValue::id, ProvidedValue::version, ProvidedValue::data)
                .containsExactly(org.assertj.core.api.Assertions.tuple(RULE, 7L, "x"));
    }

    @Test
    void restoredMemberThatIsGoneLeavesWithItsLease() {
        restore(TEXT);
        meta.pass(Duration.ofSeconds(50), D1);
        assertThat(meta.role.state().members()).hasSize(2);
        meta.pass(Duration.ofSeconds(15), D1);
        assertThat(meta.role.state().members().values()).containsExactly(D1);
    }

    @Test
    void whoHasJoinedAlreadyStaysAsItJoined() {
        Member restarted = MetaFixture.member(
                "d1",
                io.twinspan.registry.datacenter.NodeRole.DATA,
                io.twinspan.registry.datacenter.NodePort.DATA_FOR_SESSION,
                9);
        meta.renew(restarted);
        assertThat(restore(TEXT).status()).isEqualTo(200);
        assertThat(meta.role.state().members().values()).containsExactlyInAnyOrder(restarted, D2);
        assertThat(meta.role.state().table().ledBy(D2.node())).hasSize(SlotId.COUNT / 2);
    }

    @Test
    void groupThatHoldsValuesTakesNoBackup() {
        meta.role.provided().put(RULE, 1, "own");
        MetaState before = meta.role.state();
        OperatorAnswer answer = restore(TEXT);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("into a new group only");
        assertThat(meta.role.state()).isEqualTo(before);
    }

    @Test
    void damagedOrForeignBackupIsRefusedAndChangesNothing() {
        MetaState before = meta.role.state();
        String damaged = TEXT.replace("\"state\":\"", "\"state\":\"AAAA");
        assertThat(restore(damaged).body()).contains("checksum");
        assertThat(restore(TEXT.replace("\"twinspanMetaBackup\":2", "\"twinspanMetaBackup\":9"))
                        .body())
                .contains("format is 9");
        assertThat(restore(Backup.write(new DatacenterId("west"), EARLIER)).body())
                .contains("west")
                .contains("east");
        assertThat(restore("no json").status()).isEqualTo(400);
        assertThatThrownBy(() -> Backup.read(MetaFixture.EAST, "{}")).isInstanceOf(IllegalArgumentException.class);
        assertThat(meta.role.state()).isEqualTo(before);
    }

    @Test
    void backupIsReadByHttpAndIsTheWholeState() throws Exception {
        meta.renew(D1);
        String text = MockMvcBuilders.routerFunctions(new MetaRoutes(meta.role).routes())
                .build()
                .perform(MockMvcRequestBuilders.get("/meta/backup"))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(Backup.read(MetaFixture.EAST, text)).isEqualTo(meta.role.state());
        assertThat(restore(text).body()).contains("of this very group");
    }

    @Test
    void manyLongValuesWithTheirEarlierVersionsAreTakenBackByHttp() throws Exception {
        MetaState large = large(100);
        String text = Backup.write(MetaFixture.EAST, large);
        assertThat(text).as("more than any other call may have").hasSizeGreaterThan(16 * 1024 * 1024);
        MockHttpServletResponse answer = MockMvcBuilders.routerFunctions(new MetaRoutes(meta.role).routes())
                .build()
                .perform(MockMvcRequestBuilders.post("/meta/restore").content(text))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
        assertThat(meta.role.state().ledger().history())
                .isEqualTo(large.ledger().history());
    }

    @Test
    void aStateThatCouldNotBeRestoredIsNotWrittenAsABackup() {
        assertThatThrownBy(() -> Backup.write(MetaFixture.EAST, large(250)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("can be restored; remove provided values");
    }

    @Test
    void aBackupOfAnEarlierReleaseIsStillRead() {
        byte[] bytes = MetaCodec.encode(EARLIER);
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        String text = "{\"twinspanMetaBackup\":1,\"datacenter\":\"east\",\"crc32\":\""
                + Long.toHexString(checksum.getValue()) + "\",\"state\":\""
                + Base64.getEncoder().encodeToString(bytes) + "\"}";
        assertThat(Backup.read(MetaFixture.EAST, text)).isEqualTo(EARLIER);
    }

    /** Values of 64 KB, edited four times each, which do not pack well. */
    private static MetaState large(int values) {
        Random random = new Random(1);
        byte[] noise = new byte[48 * 1024];
        MetaState state = EARLIER;
        for (int edit = 1; edit <= 4; edit++) {
            for (int i = 0; i < values; i++) {
                random.nextBytes(noise);
                String data = Base64.getEncoder().encodeToString(noise);
                state = state.apply(new MetaCommand.PutProvided(DataInfoId.of("long" + i), edit, data));
            }
        }
        return state;
    }

    @Test
    void restoringIsTheSameAfterEncodingAndDecoding() {
        RestoreState command = new RestoreState(EARLIER);
        assertThat(MetaCodec.decodeCommand(MetaCodec.encode(command))).isEqualTo(command);
    }
}
